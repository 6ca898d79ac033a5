namespace Auth.IntegrationTests.Support;

/// <summary>One service with its own database: a fixture for the tests of a class, or for a single test.</summary>
public class ServiceFixture : IAsyncDisposable
{
    public ServiceFixture()
        : this([]) { }

    protected ServiceFixture(params (string, string?)[] settings) =>
        Service = TestService.Start(Database, clock: null, settings);

    public TestDatabase Database { get; } = new();

    public TestService Service { get; }

    public HttpClient Client => Service.Client;

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        Database.Dispose();
        GC.SuppressFinalize(this);
    }
}
