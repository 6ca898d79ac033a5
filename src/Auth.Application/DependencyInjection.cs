using System.Diagnostics.Metrics;
using System.Reflection;
using Auth.Application.Authentication;
using Auth.Application.Pipeline;
using Auth.Application.Roles;
using Auth.Application.Users;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Application;

/// <summary>Registers this layer.</summary>
public static class DependencyInjection
{
    /// <summary>Registers the use cases and the pipeline they run in.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.Scan(scan =>
            scan.FromAssemblies(Assembly.GetExecutingAssembly())
                .AddClasses(
                    classes => classes.AssignableToAny(typeof(IRequestHandler<,>), typeof(IValidator<>)),
                    publicOnly: false
                )
                .AsImplementedInterfaces()
                .WithScopedLifetime()
        );
        services.AddScoped<SignInTokens>();
        services.AddScoped<SessionLookup>();
        services.AddScoped<PasswordGuard>();
        services.AddScoped<PasswordConfirmation>();
        services.AddScoped<Administrators>();
        services.AddScoped<RoleChanges>();

        services.AddSingleton(provider => provider.GetRequiredService<IMeterFactory>().Create(UseCaseTelemetry.Name));
        services.AddSingleton<UseCaseTelemetry>();
        services.AddSingleton<RefreshMetrics>();

        // The first is the outermost: shape is checked once, not at every attempt.
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TelemetryBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ConflictRetryBehavior<,>));
        return services;
    }
}
