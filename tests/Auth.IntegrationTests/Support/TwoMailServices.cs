namespace Auth.IntegrationTests.Support;

/// <summary>Two instances that send mail, on one database, with one clock.</summary>
public sealed class TwoMailServices : IAsyncDisposable
{
    public TwoMailServices(params (string, string?)[] settings)
    {
        First = MailService.Start(Database, Clock, settings);
        Second = MailService.Start(Database, Clock, settings);
    }

    public TestDatabase Database { get; } = new();

    public TestClock Clock { get; } = new();

    public MailService First { get; }

    public MailService Second { get; }

    public HttpClient Client => First.Client;

    public IReadOnlyList<TestService> Services => [First.Service, Second.Service];

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Database.Dispose();
    }
}
