using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

/// <summary>Tabs that refresh at once form chains: A is exchanged for B, B for C, and then a request with A arrives.</summary>
public sealed class ChainedRefreshTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly TestClock _clock = new();
    private TestService? _first;
    private TestService? _second;

    private TestService First => _first!;

    private TestService Second => _second!;

    public ValueTask InitializeAsync()
    {
        (_first, _second) = (Start(), Start());
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task The_oldest_token_gets_the_current_one_on_every_instance_and_after_a_restart()
    {
        var a = await Account.RegisterAsync(First.Client);
        var b = await a.RefreshAsync(First.Client);
        var c = await b.RefreshAsync(Second.Client);

        (await a.RefreshAsync(First.Client)).RefreshToken.ShouldBe(c.RefreshToken);
        (await a.RefreshAsync(Second.Client)).RefreshToken.ShouldBe(c.RefreshToken);

        await First.DisposeAsync();
        _first = Start();

        (await a.RefreshAsync(First.Client)).RefreshToken.ShouldBe(c.RefreshToken);
        (await b.RefreshAsync(First.Client)).RefreshToken.ShouldBe(c.RefreshToken);
        await c.RefreshAsync(First.Client);
    }

    [Fact]
    public async Task Twenty_tabs_that_share_a_cookie_never_end_the_session()
    {
        var account = await Account.RegisterAsync(First.Client);
        var jar = account;

        for (var round = 0; round < Proof.Rounds(everyTime: 20, full: 1000); round++)
        {
            // Each tab sends the cookie from the jar, and stores the one of the response.
            await Task.WhenAll(
                Enumerable
                    .Range(0, 20)
                    .Select(async tab =>
                    {
                        await Task.Yield();
                        var answer = await Volatile.Read(ref jar).RefreshAsync((tab % 2 == 0 ? First : Second).Client);
                        Volatile.Write(ref jar, answer);
                    })
            );
            // A window for each round, so that the replay limit is not reached.
            _clock.Advance(TimeSpan.FromSeconds(29));
        }

        await jar.RefreshAsync(Second.Client);
    }

    private TestService Start() => TestService.Start(_database, _clock);
}
