namespace Auth.IntegrationTests.Support;

/// <summary>One service on a database of its own: for all tests of a class as their fixture, or for one test.</summary>
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
