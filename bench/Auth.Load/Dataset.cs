using System.Globalization;
using System.Security.Cryptography;
using Auth.Application;
using Auth.Application.Abstractions;
using Auth.Domain.Factors;
using Auth.Domain.Lockout;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace Auth.Load;

/// <summary>A database with users and sessions, created with the service's own code, and their tokens.</summary>
internal sealed class Dataset : IAsyncDisposable
{
    /// <summary>The password of all users.</summary>
    public const string Password = "seven green bottles on a wall";

    private const int Users = 1000;
    private const int SessionsPerUser = 10;
    private const int FactorUsers = 500; // more sign-ins than a turn takes
    private const int RawSessions = 2000;
    private const int BatchSize = 1000;

    private static readonly ClientInfo s_client = new("127.0.0.1", "bench");

    private readonly string _masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly DatabaseOptions _database;
    private readonly JwtOptions _jwt = new()
    {
        Issuer = "https://auth.example.com",
        Audience = "https://api.example.com",
    };
    private readonly ServiceProvider _services;
    private readonly List<User> _users = [];
    private readonly List<Session> _sessions = [];

    private Dataset(DatabaseProvider provider, string connectionString)
    {
        _database = new()
        {
            Provider = provider,
            ConnectionString = connectionString,
            MigrateOnStartup = true,
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new SessionPolicy());
        services.AddSingleton(new LockoutPolicy());
        services.AddSingleton(new RegistrationPolicy(RoleName.From(Role.Viewer), EmailConfirmation.None));
        services.AddSingleton(new PasswordLength(8));
        services.AddMetrics();
        services.AddApplication();
        services.AddInfrastructure(
            new(
                _database,
                [Convert.FromBase64String(_masterKey)],
                _jwt,
                new(),
                new(),
                new("localhost", []),
                new(),
                new(),
                new()
            )
        );
        _services = services.BuildServiceProvider();
    }

    /// <summary>The settings of the service for the database.</summary>
    public Dictionary<string, string> Settings =>
        new(StringComparer.Ordinal)
        {
            ["Database:Provider"] = _database.Provider.ToString(),
            ["ConnectionStrings:Auth"] = _database.ConnectionString,
            ["Security:MasterKey"] = _masterKey,
            ["Jwt:Issuer"] = _jwt.Issuer,
            ["Jwt:Audience"] = _jwt.Audience,
            // All requests come from one address.
            ["RateLimiting:Enabled"] = "false",
        };

    public string Issuer => _jwt.Issuer;

    public string Audience => _jwt.Audience;

    public DatabaseProvider Provider => _database.Provider;

    /// <summary>The name of the engine.</summary>
    public string Engine => Provider == DatabaseProvider.Sqlite ? "SQLite" : "PostgreSQL";

    public string ConnectionString => _database.ConnectionString;

    public IEnumerable<string> Emails => _users.Select(user => user.Email.Value);

    public IEnumerable<Guid> UserIds => _users.Select(user => user.Id);

    /// <summary>The refresh tokens of all sessions except <see cref="RawSessionIds"/>.</summary>
    public IReadOnlyList<string> RefreshTokens
    {
        get
        {
            var tokens = _services.GetRequiredService<IRefreshTokens>();
            return [.. Sessions.Select(tokens.Create)];
        }
    }

    /// <summary>Sessions for raw transactions, which the service does not refresh.</summary>
    public IReadOnlyList<Guid> RawSessionIds =>
        [.. _sessions.Skip(Users * SessionsPerUser).Select(session => session.Id)];

    /// <summary>The sessions for which tokens are issued, in their order.</summary>
    public IEnumerable<Guid> SessionIds => Sessions.Select(session => session.Id);

    private IEnumerable<Session> Sessions => _sessions.Take(Users * SessionsPerUser);

    public static async Task<Dataset> CreateAsync(DatabaseProvider provider, string connectionString)
    {
        var dataset = new Dataset(provider, connectionString);
        await dataset._services.InitializeInfrastructureAsync(CancellationToken.None);
        await dataset.AddUsersAsync();
        return dataset;
    }

    /// <summary>A new access token for each session.</summary>
    public IEnumerable<string> IssueForEachSession() => Issue(Users * SessionsPerUser);

    /// <summary>Any number of new access tokens.</summary>
    public IEnumerable<string> Issue(int count)
    {
        var issuer = _services.GetRequiredService<IAccessTokenIssuer>();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < count; i++)
        {
            var session = _sessions[i % (Users * SessionsPerUser)];
            yield return issuer.Issue(session.User, session, now).Value;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task AddUsersAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var hashing = _services.CreateAsyncScope();
        var hash = await hashing
            .ServiceProvider.GetRequiredService<IPasswordHasher>()
            .HashAsync(Password, CancellationToken.None);
        for (var i = 0; i < Users; i += BatchSize / SessionsPerUser)
        {
            await using var scope = _services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<IUserRepository>();
            var sessions = scope.ServiceProvider.GetRequiredService<ISessionRepository>();
            var role = await scope
                .ServiceProvider.GetRequiredService<IRoleRepository>()
                .FindByNameAsync(RoleName.From(Role.Editor), CancellationToken.None);
            for (var j = i; j < i + (BatchSize / SessionsPerUser); j++)
            {
                var email = EmailAddress.From(string.Create(CultureInfo.InvariantCulture, $"user-{j}@example.com"));
                var user = User.Register(email, hash, "A user", role!, now);
                users.Add(user);
                _users.Add(user);
                AddSessions(sessions, user, SessionsPerUser, now);
            }

            await SaveAsync(scope);
        }

        await using var rawScope = _services.CreateAsyncScope();
        var first = await rawScope
            .ServiceProvider.GetRequiredService<IUserRepository>()
            .FindAsync(_users[0].Id, CancellationToken.None);
        AddSessions(rawScope.ServiceProvider.GetRequiredService<ISessionRepository>(), first!, RawSessions, now);
        await SaveAsync(rawScope);
    }

    /// <summary>Adds accounts with an authenticator app, each for one sign-in: its code works once.</summary>
    public async Task<IReadOnlyList<(string Email, Func<string> Code)>> AddFactorUsersAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var secret = RandomNumberGenerator.GetBytes(20);
        var app = new Totp(secret);
        await using var scope = _services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<IUserRepository>();
        var factors = scope.ServiceProvider.GetRequiredService<IFactorRepository>();
        var totp = scope.ServiceProvider.GetRequiredService<ITotp>();
        var role = await scope
            .ServiceProvider.GetRequiredService<IRoleRepository>()
            .FindByNameAsync(RoleName.From(Role.Editor), CancellationToken.None);
        var accounts = new List<(string, Func<string>)>();
        for (var i = 0; i < FactorUsers; i++)
        {
            var email = EmailAddress.From($"factor-{Guid.CreateVersion7(now):n}@example.com");
            var user = User.Register(email, _users[0].PasswordHash, "A user", role!, now);
            user.ImportFactor();
            users.Add(user);
            var id = Guid.CreateVersion7(now);
            factors.Add(Factor.ImportTotp(id, user.Id, totp.Seal(id, secret), now));
            accounts.Add((email.Value, () => app.ComputeTotp()));
        }

        await SaveAsync(scope);
        return accounts;
    }

    private void AddSessions(ISessionRepository sessions, User user, int count, DateTimeOffset now)
    {
        for (var i = 0; i < count; i++)
        {
            var session = Session.Start(user, s_client, new SessionPolicy(), now);
            sessions.Add(session);
            _sessions.Add(session);
        }
    }

    private static Task SaveAsync(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
}
