using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Clients;

/// <summary>Many tabs in Chromium under adverse conditions: they stay signed in, with at most one refresh per tab and expiry.</summary>
[Trait("Engine", "Sqlite")] // parallel refreshes are tested elsewhere on every engine
public sealed class StormTests(ClientPackage package, Chromium chromium) : IAsyncLifetime, IClassFixture<Chromium>
{
    private const int Tabs = 20;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    private ClientTabs _browser = null!;

    public async ValueTask InitializeAsync() =>
        _browser = await ClientTabs.StartAsync(package, chromium, ("Jwt:AccessTokenLifetime", s_lifetime.ToString()));

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [Fact]
    public async Task Twenty_tabs_that_are_reloaded_at_once_stay_signed_in()
    {
        var (tabs, _) = await _browser.OpenSignedInAsync(Tabs);
        var session = await tabs[0].EvaluateAsync<string>("() => auth.state.sessionId");

        for (var round = 1; round <= Proof.Rounds(everyTime: 3, full: 50); round++)
        {
            await Task.WhenAll(tabs.Select(tab => tab.ReloadAsync()));
            var states = await Task.WhenAll(tabs.Select(ClientTabs.WaitForStatusAsync));

            states.ShouldAllBe(state => state == "signedIn", $"round {round}");
            _browser.CountRefreshes(tabs).ShouldAllBe(count => count == 1, $"round {round}");
            _browser.Clock.Advance(s_lifetime);
        }

        (await Task.WhenAll(tabs.Select(tab => tab.EvaluateAsync<string>("() => auth.state.sessionId")))).ShouldAllBe(
            id => id == session
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task Twenty_tabs_with_a_wrong_clock_survive_sleep_outages_and_service_restarts(int hours)
    {
        var now = _browser.Clock.GetUtcNow().UtcDateTime;
        await _browser.Profile.Clock.InstallAsync(new() { TimeDate = now.AddHours(hours) });
        var (tabs, email) = await _browser.OpenSignedInAsync(Tabs);

        for (var round = 1; round <= Proof.Rounds(everyTime: 1, full: 10); round++)
        {
            // Ten minutes of sleep: overdue timers run once at the end.
            await PassAsync(TimeSpan.FromMinutes(10));
            await ShouldBeSignedInAsync(tabs, email);
            _browser.CountRefreshes(tabs).ShouldAllBe(count => count == 1, $"round {round}, after sleep");

            // Five minutes offline, during which the tokens expire.
            await PassAsync(TimeSpan.FromMinutes(6));
            await _browser.Profile.SetOfflineAsync(true);
            await PassAsync(TimeSpan.FromMinutes(5));
            await ShouldFailAsync(tabs);
            await _browser.Profile.SetOfflineAsync(false);
            await ShouldBeSignedInAsync(tabs, email);
            _browser.CountRefreshes(tabs).ShouldAllBe(count => count == 1, $"round {round}, after being offline");

            // A restart of the service, during which the tokens expire.
            await _browser.StopServiceAsync();
            await PassAsync(TimeSpan.FromMinutes(10));
            await ShouldFailAsync(tabs);
            _browser.StartService();
            await PassAsync(TimeSpan.FromMinutes(1));
            await ShouldBeSignedInAsync(tabs, email);
            _browser.CountRefreshes(tabs).ShouldAllBe(count => count == 1, $"round {round}, after a restart");
        }

        // The user corrects the clock. Set forward, it makes tokens look expired.
        await _browser.Profile.Clock.SetSystemTimeAsync(_browser.Clock.GetUtcNow().UtcDateTime);
        await ShouldBeSignedInAsync(tabs, email);
        _browser.CountRefreshes(tabs).ShouldAllBe(count => count <= 1);
    }

    [Fact]
    public async Task Calls_that_are_cut_off_at_any_point_sign_nobody_out()
    {
        var (tabs, email) = await _browser.OpenSignedInAsync(2, service: "/");
        _browser.Application.LossPercentage = 12;

        var rounds = Proof.Rounds(everyTime: 10, full: 1000);
        for (var round = 1; round <= rounds || _browser.Application.Lost == 0; round++)
        {
            var states = await Task.WhenAll(
                tabs.Select(tab =>
                    tab.EvaluateAsync<string>(
                        """
                        async () => {
                          for (;;) {
                            try {
                              return (await auth.refresh()).status;
                            } catch (error) {
                              if (error.code !== 'NETWORK_ERROR') return error.code;
                            }
                          }
                        }
                        """
                    )
                )
            );

            states.ShouldAllBe(state => state == "signedIn", $"round {round}");
            _browser.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        _browser.Application.LossPercentage = 0;
        await ShouldBeSignedInAsync(tabs, email);
    }

    private async Task PassAsync(TimeSpan time)
    {
        _browser.Clock.Advance(time);
        await _browser.Profile.Clock.FastForwardAsync((long)time.TotalMilliseconds);
    }

    private static async Task ShouldBeSignedInAsync(IPage[] tabs, string email)
    {
        var answers = await Task.WhenAll(
            tabs.Select(tab => tab.EvaluateAsync<string[]>("async () => [(await auth.getAccount()).email, ...reasons]"))
        );
        answers.ShouldAllBe(answer => answer.Length == 1 && answer[0] == email);
    }

    private static async Task ShouldFailAsync(IPage[] tabs)
    {
        var answers = await Task.WhenAll(
            tabs.Select(tab => tab.EvaluateAsync<string>("() => auth.getAccessToken().catch(error => error.code)"))
        );
        answers.ShouldAllBe(answer => answer == "NETWORK_ERROR");
    }
}
