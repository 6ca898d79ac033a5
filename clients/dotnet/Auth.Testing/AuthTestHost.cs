using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Auth.Api.Configuration;
using Auth.Api.Hosting;
using Auth.Bearer;
using Auth.Infrastructure;
using Auth.Infrastructure.Background;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OtpNet;

namespace Auth.Testing;

/// <summary>
/// Auth in memory, with a database, keys and revocations of its own: tests get real tokens of real users. Nothing listens on a
/// port, and time stands still until a test lets it pass.
/// </summary>
public sealed class AuthTestHost : IAsyncDisposable
{
    private const string AdminEmail = "root@example.com";

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly string _adminPassword;
    private readonly ConcurrentDictionary<string, TestUser> _users = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<AuthRevocations, bool> _services = new();

    private AuthTestHost(
        DirectoryInfo folder,
        WebApplication app,
        FakeTimeProvider clock,
        string audience,
        string adminPassword
    )
    {
        (_folder, _app, Clock, Audience, _adminPassword) = (folder, app, clock, audience, adminPassword);
    }

    /// <summary>The issuer of the tokens.</summary>
    public string Issuer { get; } = "http://localhost";

    /// <summary>The audience of the tokens.</summary>
    public string Audience { get; }

    /// <summary>The clock of Auth and of the services that use it. Move it with <see cref="AdvanceAsync"/>.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>Sends requests to Auth itself.</summary>
    public HttpClient Client => field ??= _app.GetTestClient();

    /// <summary>Starts an instance.</summary>
    /// <param name="audience">The audience of the tokens.</param>
    /// <param name="settings">Settings of Auth, by their names, such as <c>StepUp:MaxAge</c>.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<AuthTestHost> StartAsync(
        string audience = "auth",
        IReadOnlyDictionary<string, string?>? settings = null,
        CancellationToken cancellationToken = default
    )
    {
        var folder = Directory.CreateTempSubdirectory("auth-testing-");
        var adminPassword = NewPassword();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (app, read) = Build(folder, clock, audience, adminPassword, settings ?? new Dictionary<string, string?>());
        var host = new AuthTestHost(folder, app, clock, audience, adminPassword);
        try
        {
            await app.Services.InitializeInfrastructureAsync(cancellationToken);
            await app.EnsureConfiguredAdministratorAsync(read);
            await app.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns a user, who is registered when a token is needed for the first time.</summary>
    public TestUser User(string name) => _users.GetOrAdd(name, added => new(this, added));

    /// <summary>Lets time pass, for Auth and for the services that use it.</summary>
    public async Task AdvanceAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        Clock.Advance(time);
        await SynchronizeAsync(cancellationToken);
    }

    /// <summary>Ends the sessions of all users.</summary>
    public async Task EndAllSessionsAsync(CancellationToken cancellationToken = default) =>
        await SendAsAdminAsync(HttpMethod.Delete, "/api/sessions", body: null, cancellationToken);

    /// <summary>Replaces the signing keys as in an emergency: all tokens are invalid.</summary>
    public async Task WithdrawKeysAsync(CancellationToken cancellationToken = default) =>
        await SendAsAdminAsync(HttpMethod.Post, "/api/keys/rotate", new { emergency = true }, cancellationToken);

    /// <summary>
    /// Makes the services know at once what has changed. Needed only after changes that a test makes with <see cref="Client"/>.
    /// </summary>
    public async Task SynchronizeAsync(CancellationToken cancellationToken = default)
    {
        await _app.Services.GetRequiredService<SigningKeyPoller>().RunAsync(cancellationToken);
        await _app.Services.GetRequiredService<RevocationPoller>().RunAsync(cancellationToken);
        foreach (var service in _services.Keys)
        {
            await service.RefreshAsync(cancellationToken);
        }
    }

    /// <summary>Lists the mails that were sent, oldest first, as they would be on the way.</summary>
    public IReadOnlyList<string> ListMails() =>
        [
            .. new DirectoryInfo(Path.Combine(_folder.FullName, "mail"))
                .EnumerateFiles("*.eml")
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => File.ReadAllText(file.FullName)),
        ];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(); // disposing alone does not wait for the background work, which may still write a mail
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal HttpMessageHandler CreateHandler() => _app.GetTestServer().CreateHandler();

    internal void Attach(AuthRevocations service) => _services.TryAdd(service, true);

    internal void Detach(AuthRevocations service) => _services.TryRemove(service, out _);

    internal static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Sends a request as the administrator, who has just signed in, and makes the services know what has changed.</summary>
    internal async Task SendAsAdminAsync(
        HttpMethod method,
        string path,
        object? body,
        CancellationToken cancellationToken
    )
    {
        var admin = await SignInAsync(AdminEmail, _adminPassword, cancellationToken);
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body, body.GetType()),
        };
        request.Headers.Authorization = new("Bearer", admin.AccessToken);
        using var response = await Client.SendAsync(request, cancellationToken);
        await CheckAsync(response, cancellationToken);
        await SynchronizeAsync(cancellationToken);
    }

    internal Task<TestSession> RegisterAsync(string email, string password, CancellationToken cancellationToken) =>
        OpenAsync("/api/auth/register", email, password, cancellationToken);

    internal Task<TestSession> SignInAsync(string email, string password, CancellationToken cancellationToken) =>
        OpenAsync("/api/auth/login", email, password, cancellationToken);

    /// <summary>Ends a session.</summary>
    internal async Task SignOutAsync(TestSession session, CancellationToken cancellationToken)
    {
        using var response = await Client.PostAsJsonAsync(
            "/api/auth/logout",
            new { refreshToken = session.RefreshToken },
            cancellationToken
        );
        await CheckAsync(response, cancellationToken);
        await SynchronizeAsync(cancellationToken);
    }

    /// <summary>Gets the next tokens of a session.</summary>
    internal async Task<TestSession> RefreshAsync(TestSession session, CancellationToken cancellationToken)
    {
        using var response = await Client.PostAsJsonAsync(
            "/api/auth/refresh",
            new { refreshToken = session.RefreshToken },
            cancellationToken
        );
        return await ReadAsync(response, cancellationToken);
    }

    /// <summary>Authenticates a session with a recovery code, or enrols the factor that they come with.</summary>
    internal async Task StepUpAsync(
        TestSession session,
        Queue<string> recoveryCodes,
        CancellationToken cancellationToken
    )
    {
        if (recoveryCodes.TryDequeue(out var recoveryCode))
        {
            await PostAsync<TestSteppedUp>("/api/auth/step-up", new { recoveryCode }, session, cancellationToken);
            return;
        }

        var app = await PostAsync<TestApp>("/api/auth/factors/totp", new { }, session, cancellationToken);
        var code = new Totp(Base32Encoding.ToBytes(app.Secret)).ComputeTotp(Clock.GetUtcNow().UtcDateTime);
        var confirmed = await PostAsync<TestRecoveryCodes>(
            $"/api/auth/factors/totp/{app.Id}/confirm",
            new { code },
            session,
            cancellationToken
        );
        foreach (var added in confirmed.RecoveryCodes ?? [])
        {
            recoveryCodes.Enqueue(added);
        }

        await SynchronizeAsync(cancellationToken); // earlier tokens are revoked
    }

    private async Task<T> PostAsync<T>(
        string path,
        object body,
        TestSession session,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = JsonContent.Create(body, body.GetType());
        request.Headers.Authorization = new("Bearer", session.AccessToken);
        using var response = await Client.SendAsync(request, cancellationToken);
        await CheckAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<T>(cancellationToken))!;
    }

    private async Task<TestSession> OpenAsync(
        string path,
        string email,
        string password,
        CancellationToken cancellationToken
    )
    {
        var body = new
        {
            email,
            password,
            refreshTokenIn = "body",
        };
        using var response = await Client.PostAsJsonAsync(path, body, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    private static async Task<TestSession> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await CheckAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<TestSession>(cancellationToken))!;
    }

    private static async Task CheckAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var problem = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new InvalidOperationException($"Auth answered {(int)response.StatusCode}: {problem}");
        }
    }

    private static (WebApplication App, AuthSettings Settings) Build(
        DirectoryInfo folder,
        FakeTimeProvider clock,
        string audience,
        string adminPassword,
        IReadOnlyDictionary<string, string?> overrides
    )
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = typeof(AuthSettings).Assembly.GetName().Name,
                ContentRootPath = folder.FullName,
                EnvironmentName = Environments.Development,
            }
        );
        // Only what is said here: the settings and variables of the tests' own application have similar names.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Database:Provider"] = "Sqlite",
                ["ConnectionStrings:Auth"] = $"Data Source={Path.Combine(folder.FullName, "auth.db")};Pooling=False",
                ["Security:MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
                ["Jwt:Issuer"] = "http://localhost",
                ["Jwt:Audience"] = audience,
                ["Passwords:BcryptCost"] = "4",
                ["RateLimiting:Enabled"] = "false",
                ["Bootstrap:AdminEmail"] = AdminEmail,
                ["Bootstrap:AdminPassword"] = adminPassword,
                ["Mail:Transport"] = "Folder",
                ["Mail:Folder"] = Directory.CreateDirectory(Path.Combine(folder.FullName, "mail")).FullName,
                ["Ui:Enabled"] = "false",
                ["Swagger:Enabled"] = "false",
            }
        );
        builder.Configuration.AddInMemoryCollection(overrides);
        builder.WebHost.UseTestServer();

        var settings = builder.ReadSettings(SqliteFileUse.CreateIfMigrating);
        builder.ConfigureServices(settings);
        builder.Logging.ClearProviders();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        var app = builder.Build();
        app.ConfigurePipeline(settings);
        return (app, settings);
    }
}
