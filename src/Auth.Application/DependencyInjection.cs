using System.Diagnostics.Metrics;
using System.Reflection;
using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using Auth.Application.Behaviors;
using Auth.Application.Factors;
using Auth.Application.Flows;
using Auth.Application.Mail;
using Auth.Application.OAuth;
using Auth.Application.Passwords;
using Auth.Application.Roles;
using Auth.Application.ServiceAccounts;
using Auth.Application.StepUp;
using Auth.Application.Users;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Application;

/// <summary>Registers this layer.</summary>
public static class DependencyInjection
{
    /// <summary>Registers the use cases and their pipeline. The host registers the validators.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        foreach (var handler in Assembly.GetExecutingAssembly().GetTypes())
        {
            foreach (var contract in handler.GetInterfaces().Where(IsRequestHandler))
            {
                services.AddScoped(contract, handler);
            }
        }

        services.AddScoped<SignInTokens>();
        services.AddScoped<SessionStarter>();
        services.AddScoped<SessionLookup>();
        services.AddScoped<PasswordAttempts>();
        services.AddScoped<PasswordGuard>();
        services.AddScoped<FailureReset>();
        services.AddScoped<PasswordConfirmation>();
        services.AddScoped<NewPasswords>();
        services.AddScoped<PasswordReplacement>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<FlowStarter>();
        services.AddScoped<AddressAvailability>();
        services.AddScoped<Notices>();
        services.AddScoped<MailDecisions>();
        services.AddScoped<MailContents>();
        services.AddScoped<MailQuotas>();
        services.AddScoped<FlowProofs>();
        services.AddScoped<EmailVerification>();
        services.AddScoped<EmailReplacement>();
        services.AddScoped<NewUsers>();
        services.AddScoped<Invitations>();
        services.AddScoped<ImportedUsers>();
        services.AddScoped<SecondFactorChallenges>();
        services.AddScoped<FactorVerification>();
        services.AddScoped<FactorGuard>();
        services.AddScoped<FactorConfirmation>();
        services.AddScoped<FactorChanges>();
        services.AddScoped<StepUpCompletion>();
        services.AddScoped<Administrators>();
        services.AddScoped<AccountDeletion>();
        services.AddScoped<RoleChanges>();
        services.AddScoped<CallerScope>();
        services.AddScoped<ServiceAccountChanges>();
        services.AddScoped<ClientAuthentication>();

        services.AddSingleton(provider => provider.GetRequiredService<IMeterFactory>().Create(UseCaseTelemetry.Name));
        services.AddSingleton<UseCaseTelemetry>();
        services.AddSingleton<RefreshMetrics>();

        // The first is the outermost: messages are validated once, not for every attempt.
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TelemetryBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ConflictRetryBehavior<,>));
        return services;
    }

    private static bool IsRequestHandler(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);
}
