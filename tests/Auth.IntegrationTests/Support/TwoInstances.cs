namespace Auth.IntegrationTests.Support;

/// <summary>Two instances of the service on one database, with one clock.</summary>
public sealed class TwoInstances : IAsyncLifetime
{
    private readonly (string, string?)[] _settings;
    private TestService? _first;
    private TestService? _second;

    public TwoInstances()
        : this([]) { }

    internal TwoInstances(params (string, string?)[] settings) => _settings = settings;

    public TestDatabase Database { get; } = new();

    public TestClock Clock { get; } = new();

    public TestService First => _first!;

    public TestService Second => _second!;

    /// <summary>The two instances in turn.</summary>
    public HttpClient this[int turn] => turn % 2 == 0 ? First.Client : Second.Client;

    public ValueTask InitializeAsync()
    {
        _first = TestService.Start(Database, Clock, _settings);
        _second = TestService.Start(Database, Clock, _settings);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Database.Dispose();
    }
}
