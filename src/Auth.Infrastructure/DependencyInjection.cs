using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Keys;
using Auth.Domain.Lockout;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Audit;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Diagnosis;
using Auth.Infrastructure.Health;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Queries;
using Auth.Infrastructure.Persistence.Repositories;
using Auth.Infrastructure.Persistence.Seeding;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Lockout;
using Auth.Infrastructure.Security.Passwords;
using Auth.Infrastructure.Security.Tokens;
using MediatR;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.Infrastructure;

/// <summary>Registers this layer.</summary>
public static class DependencyInjection
{
    /// <summary>The tag of the health checks that say whether the service can do its work.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Registers persistence, security and background work.</summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, InfrastructureOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddPersistence(options.Database);
        services.AddSecurity(options);
        services.AddAudit(options.Audit);
        services.AddBackgroundWork(options.Revocation);

        services.AddSingleton<DatabaseHealthCheck>();
        services
            .AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database", tags: [ReadyTag])
            .AddCheck<KeysHealthCheck>("keys", tags: [ReadyTag])
            .AddCheck<RevocationsHealthCheck>("revocations", tags: [ReadyTag]);
        return services;
    }

    private static void AddPersistence(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<WriteGate>();
        services.AddSingleton<CompiledQueries>();
        services.AddSingleton<RefreshBatches>();
        services.AddSingleton<OutdatedAddresses>();
        switch (options.Provider)
        {
            case DatabaseProvider.Sqlite:
                var sqliteConnection = DatabasePatience.Sqlite(options.ConnectionString);
                services.AddSingleton<SqliteFileWatch>();
                services.AddDbContextPool<AppDbContext, SqliteAppDbContext>(
                    (provider, context) =>
                        context
                            // A user and their roles in two queries: for one with an outer join SQLite builds the whole table
                            // of assignments each time. Roles are read last, so a token that mixes old and new is one
                            // of the old version, and is refused.
                            .UseSqlite(
                                sqliteConnection,
                                sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)
                            )
                            .AddInterceptors(new SqliteConnectionSetup(provider.GetRequiredService<SqliteFileWatch>()))
                            .LeaveFailuresToTheirHandlers()
                );
                services.AddSingleton(provider => new ConnectionPool(
                    () => new SqliteAppDbContext(provider.GetRequiredService<DbContextOptions<SqliteAppDbContext>>()),
                    sqliteConnection + ";Pooling=false",
                    connection => SqliteConnection.ClearPool((SqliteConnection)connection)
                ));
                break;
            case DatabaseProvider.SqlServer:
                var sqlServerConnection = DatabasePatience.SqlServer(options.ConnectionString);
                services.AddDbContextPool<AppDbContext, SqlServerAppDbContext>(context =>
                    context
                        .UseSqlServer(
                            sqlServerConnection,
                            server =>
                                server
                                    .ExecutionStrategy(dependencies => new SqlServerRetries(dependencies))
                                    // The default is 42, which would make two round trips of the largest batch.
                                    .MaxBatchSize(RefreshBatches.MaxSize)
                        )
                        .ReplaceService<IMigrationsSqlGenerator, SqlServerDatabaseCreation>()
                        .LeaveFailuresToTheirHandlers()
                );
                services.AddSingleton(provider => new ConnectionPool(
                    () =>
                        new SqlServerAppDbContext(
                            provider.GetRequiredService<DbContextOptions<SqlServerAppDbContext>>()
                        ),
                    sqlServerConnection + ";Pooling=false;Connect Timeout=2;Command Timeout=2",
                    connection => SqlConnection.ClearPool((SqlConnection)connection)
                ));
                break;
            case DatabaseProvider.Postgres:
                // The statements are few and always the same ones: each is planned once for a connection. None of them
                // changes settings of the connection, so there is nothing to reset.
                var postgresConnection =
                    "Max Auto Prepare=64;No Reset On Close=true;" + DatabasePatience.Postgres(options.ConnectionString);
                services.AddDbContextPool<AppDbContext, PostgresAppDbContext>(context =>
                    context
                        .UseNpgsql(
                            postgresConnection,
                            server => server.ExecutionStrategy(dependencies => new PostgresRetries(dependencies))
                        )
                        .LeaveFailuresToTheirHandlers()
                );
                services.AddSingleton(provider => new ConnectionPool(
                    () =>
                        new PostgresAppDbContext(provider.GetRequiredService<DbContextOptions<PostgresAppDbContext>>()),
                    postgresConnection + ";Pooling=false;Timeout=2;Command Timeout=2",
                    connection => NpgsqlConnection.ClearPool((NpgsqlConnection)connection)
                ));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(options), options.Provider, message: null);
        }

        services.AddScoped<IUnitOfWork, UnitOfWork>();
        services.AddScoped<IUserRepository, UserRepository>();
        services.AddScoped<IRoleRepository, RoleRepository>();
        services.AddScoped<ISessionRepository, SessionRepository>();
        services.AddScoped<ISigningKeyRepository, SigningKeyRepository>();
        services.AddScoped<IFailureCountRepository, FailureCountRepository>();
        services.AddScoped<IAuditLog, AuditLog>();
        services.AddScoped<IUserQueries, UserQueries>();
        services.AddScoped<IAuditQueries, AuditQueries>();
        services.AddScoped<PendingStatements>();
        services.AddScoped<RoleSeeder>();
        services.AddScoped<DatabaseInitializer>();
        services.AddScoped<SchemaCheckup>();
        services.AddScoped<KeyCheckup>();
        services.AddScoped<AddressCheckup>();
        services.AddScoped<Checkup>();
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

        // Not the configured lifetime of tokens: it may have been longer when the last ones were signed.
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
        services.AddSingleton(provider => new PublishedKeys(
            provider.GetRequiredService<SigningKeyRing>(),
            options.Jwt,
            options.Keys,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<IAccessTokenIssuer, AccessTokenIssuer>();
        services.AddSingleton<IRefreshTokens, RefreshTokens>();
        services.AddSingleton<IFailureKeys, FailureKeys>();
        services.AddSingleton<IKnownDevices, KnownDevices>();
        services.AddSingleton<ISprayingDetector, SprayingDetector>();
        services.AddSingleton<RevokedTokens>();
        services.AddSingleton<AccessTokenReader>();
        services.AddSingleton<VerifiedTokens>();
        services.AddSingleton(provider => new AccessTokenVerifier(
            provider.GetRequiredService<AccessTokenReader>(),
            provider.GetRequiredService<RevokedTokens>(),
            provider.GetRequiredService<VerifiedTokens>(),
            provider.GetRequiredService<TimeProvider>()
        ));

        services.AddSingleton<PasswordHashingGate>();
        services.AddSingleton<PasswordHasher>();
        services.AddScoped<IPasswordHasher, MemoizingPasswordHasher>();
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
        services.AddHostedService(provider => provider.GetRequiredService<RevocationFeed>());
        services.AddSingleton<SigningKeyFeed>();
        services.AddSingleton<ILoadedSigningKeys>(provider => provider.GetRequiredService<SigningKeyFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<SigningKeyFeed>());
        services.AddSingleton<MasterKeyUsage>(provider =>
            new(
                provider.GetRequiredService<IServiceScopeFactory>(),
                provider.GetRequiredService<MasterKeys>(),
                provider.GetRequiredService<TimeProvider>()
            )
        );
        services.AddHostedService<MasterKeyRotation>();
        services.AddHostedService<Cleanup>();
        services.AddHostedService<AddressUpdate>();
        services.AddHostedService<StateMetrics>();
    }
}
