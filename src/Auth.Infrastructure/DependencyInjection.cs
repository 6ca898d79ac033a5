using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Users;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Keys;
using Auth.Domain.Lockout;
using Auth.Domain.Mail;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Health;
using Auth.Infrastructure.Mail;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Persistence.Diagnostics;
using Auth.Infrastructure.Persistence.Queries;
using Auth.Infrastructure.Persistence.Repositories;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Lockout;
using Auth.Infrastructure.Security.Mail;
using Auth.Infrastructure.Security.Passwords;
using Auth.Infrastructure.Security.Tokens;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure;

/// <summary>Registers this layer.</summary>
public static class DependencyInjection
{
    /// <summary>The tag of the readiness health checks.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Registers persistence, security and background work.</summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, InfrastructureOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddPersistence(options.Database);
        services.AddSecurity(options);
        services.AddAudit(options.Audit);
        services.AddBackgroundWork(options.Revocation);
        services.AddMail(options.Mail);

        services.AddSingleton<DatabaseHealthCheck>();
        services
            .AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database", tags: [ReadyTag])
            .AddCheck<KeysHealthCheck>("keys", tags: [ReadyTag])
            .AddCheck<RevocationsHealthCheck>("revocations", tags: [ReadyTag])
            .AddCheck<MailHealthCheck>("mail");
        return services;
    }

    private static void AddPersistence(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<WriteGate>();
        services.AddSingleton<CompiledQueries>();
        services.AddSingleton<RefreshBatches>();
        services.AddSingleton<LegacyAddresses>();
        services.AddSingleton<MailSignal>();
        var engine = DatabaseEngine.Get(options.Provider);
        services.AddSingleton(engine);
        engine.AddContext(services, options.ConnectionString);

        services.AddScoped<IUnitOfWork, UnitOfWork>();
        services.AddScoped<IUserRepository, UserRepository>();
        services.AddScoped<IRoleRepository, RoleRepository>();
        services.AddScoped<ISessionRepository, SessionRepository>();
        services.AddScoped<IServiceAccountRepository, ServiceAccountRepository>();
        services.AddScoped<ISigningKeyRepository, SigningKeyRepository>();
        services.AddScoped<IFailureCountRepository, FailureCountRepository>();
        services.AddScoped<IOutgoingMailRepository, OutgoingMailRepository>();
        services.AddScoped<IMailFlowRepository, MailFlowRepository>();
        services.AddScoped<IFactorRepository, FactorRepository>();
        services.AddScoped<IAuditLog, AuditLog>();
        services.AddScoped<IUserQueries, UserQueries>();
        services.AddScoped<IAuditQueries, AuditQueries>();
        services.AddScoped<DeferredCommands>();
        services.AddScoped<DatabaseInitializer>();
        services.AddScoped<SchemaDiagnostics>();
        services.AddScoped<KeyDiagnostics>();
        services.AddScoped<AddressDiagnostics>();
        services.AddScoped<DatabaseDiagnostics>();
        services.AddSingleton<DatabaseRecovery>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseRecovery>());
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(DatabaseFailureBehavior<,>));
    }

    private static void AddSecurity(this IServiceCollection services, InfrastructureOptions options)
    {
        services.AddSingleton(new MasterKeys(options.MasterKeys));
        services.AddSingleton(options.Jwt);
        services.AddSingleton(options.Keys);
        services.AddSingleton(options.Passwords);

        // The maximum, not the configured lifetime: that may have been longer when the last tokens were signed.
        services.AddSingleton(
            new SigningKeyPolicy(
                options.Keys.RotationPeriod,
                options.Keys.AnnouncePeriod,
                JwtOptions.MaxAccessTokenLifetime + InstanceClocks.MaxDifference
            )
        );
        services.AddSingleton<SigningKeyEncryption>();
        services.AddSingleton<ISigningKeyFactory, SigningKeyFactory>();
        services.AddSingleton<SigningKeyRing>();
        services.AddSingleton<IPublishedKeys, PublishedKeys>();
        services.AddSingleton<IAccessTokenIssuer, AccessTokenIssuer>();
        services.AddSingleton<IRefreshTokens, RefreshTokens>();
        services.AddSingleton<IFailureKeys, FailureKeys>();
        services.AddSingleton<IKnownDevices, KnownDevices>();
        services.AddSingleton<IFlowSecrets, FlowSecrets>();
        services.AddSingleton<IMailQuotaKeys, MailQuotaKeys>();
        services.AddSingleton<ISprayingDetector, SprayingDetector>();
        services.AddSingleton<IAddressSeal, AddressSeal>();
        services.AddSingleton<IMailFactsSeal, MailFactsSeal>();
        services.AddSingleton<Totp>();
        services.AddSingleton<ITotp>(provider => provider.GetRequiredService<Totp>());
        services.AddSingleton<IRecoveryCodes, RecoveryCodes>();
        services.AddSingleton<IChallenges, Challenges>();
        services.AddSingleton(options.Passkeys);
        services.AddSingleton<IPasskeys, Passkeys>();
        services.AddSingleton<RevokedTokens>();
        services.AddSingleton<RevocationLog>();
        services.AddSingleton<AccessTokenReader>();
        services.AddSingleton<AccessTokenCache>();
        services.AddSingleton(provider => new AccessTokenVerifier(
            provider.GetRequiredService<AccessTokenReader>(),
            provider.GetRequiredService<RevokedTokens>(),
            provider.GetRequiredService<AccessTokenCache>(),
            provider.GetRequiredService<TimeProvider>()
        ));

        services.AddSingleton<PasswordHashingQueue>();
        services.AddSingleton<IPasswordHasher, PasswordHasher>();
        services.AddSingleton<IPasswordPolicy, PasswordPolicy>();
    }

    private static void AddAudit(this IServiceCollection services, AuditOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AuditHasher>();
        services.AddSingleton<AuditChains>();
        services.AddScoped<IAuditVerifier, AuditVerifier>();
        services.AddScoped<AuditRetention>();
    }

    private static void AddBackgroundWork(this IServiceCollection services, RevocationOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RevocationStatus>();
        services.AddSingleton<RevocationFeed>();
        services.AddSingleton<IRevocationFeed>(provider => provider.GetRequiredService<RevocationFeed>());
        services.AddSingleton<RevocationPoller>();
        services.AddHostedService(provider => provider.GetRequiredService<RevocationPoller>());
        services.AddSingleton<SigningKeyPoller>();
        services.AddSingleton<ILoadedSigningKeys>(provider => provider.GetRequiredService<SigningKeyPoller>());
        services.AddHostedService(provider => provider.GetRequiredService<SigningKeyPoller>());
        services.AddSingleton<MasterKeyUsage>(provider =>
            new(
                provider.GetRequiredService<IServiceScopeFactory>(),
                provider.GetRequiredService<MasterKeys>(),
                provider.GetRequiredService<TimeProvider>()
            )
        );
        services.AddHostedService<MasterKeyRotation>();
        services.AddHostedService<ExpiredDataCleanup>();
        services.AddHostedService<AddressUpdate>();
        services.AddHostedService<StateMetrics>();
    }

    private static void AddMail(this IServiceCollection services, MailOptions options)
    {
        services.AddSingleton(options);
        services.AddScoped<IMailOutbox, MailOutbox>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<MailSender>();
        if (options.Transport == MailTransport.Smtp)
        {
            services.AddSingleton<IMailTransport, SmtpTransport>();
        }
        else
        {
            services.AddSingleton<IMailTransport, FolderTransport>();
        }

        services.AddSingleton<MailStatus>();
        services.AddSingleton<MailMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<MailMonitor>());
        services.AddSingleton<MailMetrics>();
        services.AddSingleton<MailDiagnostics>();
        services.AddHostedService<MailWorker>();
    }
}
