using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Lockout;

/// <summary>Two instances on one database with a shared test clock and a long hashing queue.</summary>
public sealed class LockoutFixture : IAsyncLifetime
{
    public const string WrongPassword = "not-the-one-it-should-be";

    private TestService? _first;
    private TestService? _second;

    public TestDatabase Database { get; } = new();

    public TestClock Clock { get; } = new();

    public TestService Service => _first!;

    public HttpClient Client => Service.Client;

    public HttpClient OtherInstance => _second!.Client;

    public ValueTask InitializeAsync()
    {
        _first = TestService.Start(Database, Clock, ("Passwords:MaxQueuedHashes", "5000"));
        _second = TestService.Start(Database, Clock, ("Passwords:MaxQueuedHashes", "5000"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await _second!.DisposeAsync();
        Database.Dispose();
    }

    /// <summary>A new account, and the token of the device that registered it.</summary>
    public async Task<(Account Account, string Device)> RegisterOnDeviceAsync()
    {
        var email = Account.NewEmail();
        var signIn = await Client
            .PostAsync(
                "/api/auth/register",
                new
                {
                    email,
                    password = Account.DefaultPassword,
                    deviceToken = "",
                    refreshTokenIn = "body",
                }
            )
            .ShouldBeAsync(201);
        return (new(email, Account.DefaultPassword, signIn), signIn.Text("deviceToken"));
    }

    public Task<HttpResponseMessage> LoginAsync(string email, string password, string? deviceToken = null) =>
        Client.PostAsync(
            "/api/auth/login",
            new
            {
                email,
                password,
                deviceToken,
                refreshTokenIn = "body",
            }
        );

    public Task<JsonNode> ShouldBeRefusedAsync(string email, string password, string? deviceToken = null) =>
        LoginAsync(email, password, deviceToken).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

    /// <summary>Sends wrong guesses in parallel, a given number at a time, through both instances in turn.</summary>
    public Task GuessAsync(string email, int guesses, int atATime = int.MaxValue) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, guesses),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Min(guesses, atATime),
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (guess, _) =>
                await (guess % 2 == 0 ? Client : OtherInstance)
                    .PostAsync("/api/auth/login", new { email, password = $"{WrongPassword}-{guess}" })
                    .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS")
        );

    /// <summary>Sends wrong guesses one after another.</summary>
    public async Task FailAsync(string email, int times, string? deviceToken = null)
    {
        for (var i = 0; i < times; i++)
        {
            await ShouldBeRefusedAsync(email, WrongPassword, deviceToken);
        }
    }

    /// <summary>Fails until only an administrator can unlock the account.</summary>
    public async Task FailForGoodAsync(string email)
    {
        await FailAsync(email, 10);
        for (var failures = 10; failures < 100; failures++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            await ShouldBeRefusedAsync(email, WrongPassword);
        }
    }

    public long Sum(string column, Guid? userId = null) =>
        Convert.ToInt64(
            Database.Scalar($"SELECT COALESCE(SUM(\"{column}\"), 0) FROM \"FailureCounts\" WHERE {Of(userId)}"),
            provider: null
        );

    public long Records(string type, Guid? userId = null) =>
        Database.Count("AuditRecords", $"\"Type\" = '{type}' AND {Of(userId)}");

    private string Of(Guid? userId) =>
        userId is null
            ? "\"UserId\" IS NULL"
            : Database.IdIs(userId.Value.ToString()).Replace("\"Id\"", "\"UserId\"", StringComparison.Ordinal);
}
