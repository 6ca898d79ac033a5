using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Followers;

/// <summary>Two instances of the service at one address: users reach the first, other services the second.</summary>
public sealed class TwoIssuers : IAsyncLifetime
{
    private TestService? _first;
    private TestService? _second;

    public TestDatabase Database { get; } = new();

    public TestService First => _first!;

    public TestService Second => _second!;

    public HttpClient Client => First.Client;

    public string Issuer => $"http://localhost:{First.Client.BaseAddress!.Port}";

    public ValueTask InitializeAsync()
    {
        _first = TestService.StartAsIssuer(Database);
        _second = TestService.Start(Database, clock: null, ("Jwt:Issuer", Issuer));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Database.Dispose();
    }
}
