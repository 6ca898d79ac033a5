using Auth.Application;
using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using Auth.Infrastructure;
using FluentValidation;

namespace Auth.Api.Hosting;

/// <summary>Registers the inner layers with the settings they need.</summary>
internal static class UseCaseSetup
{
    public static void AddUseCases(this IServiceCollection services, AuthSettings settings)
    {
        services.AddSingleton(settings.Sessions);
        services.AddSingleton(settings.Lockout);
        services.AddSingleton(settings.Registration);
        services.AddSingleton(new PasswordLength(settings.Passwords.MinLength));
        services.AddApplication();
        // Automatic validation stays off: the pipeline validates, so that commands from elsewhere are validated as well.
        services.AddValidatorsFromAssemblyContaining<RegisterCommand>(includeInternalTypes: true);
        services.AddInfrastructure(
            new InfrastructureOptions(
                settings.Database,
                settings.MasterKeys,
                settings.Jwt,
                settings.Keys,
                settings.Passwords,
                settings.Revocation,
                settings.Audit
            )
        );
    }
}
