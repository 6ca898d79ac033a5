namespace Auth.IntegrationTests.Support;

/// <summary>Two instances of the service on one database, with one clock.</summary>
public sealed class TwoInstances : IAsyncLifetime
{
    private TestService? _first;
    private TestService? _second;

    public TestDatabase Database { get; } = new();

    public TestClock Clock { get; } = new();

    public TestService First => _first!;

    public TestService Second => _second!;

    /// <summary>One of the two, by turns.</summary>
    public HttpClient this[int turn] => turn % 2 == 0 ? First.Client : Second.Client;

    public ValueTask InitializeAsync()
    {
        _first = TestService.Start(Database, Clock);
        _second = TestService.Start(Database, Clock);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Database.Dispose();
    }
}
