namespace Auth.IntegrationTests.Support;

/// <summary>One service on one database for all tests of a class.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private TestService? _service;

    public TestDatabase Database => _database;

    public TestService Service => _service!;

    public HttpClient Client => Service.Client;

    public ValueTask InitializeAsync()
    {
        _service = TestService.Start(_database);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _database.Dispose();
    }
}
