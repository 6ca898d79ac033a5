namespace Auth.IntegrationTests.Support;

/// <summary>A service that sends mail, for all tests of a class.</summary>
public sealed class MailFixture : IAsyncDisposable
{
    public MailService Mail { get; } = MailService.Start();

    public ValueTask DisposeAsync() => Mail.DisposeAsync();
}
