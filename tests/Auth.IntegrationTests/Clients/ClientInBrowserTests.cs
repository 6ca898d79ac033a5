using System.Collections.Concurrent;
using System.Globalization;
using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Clients;

/// <summary>The TypeScript client in Chromium, in a page of another origin on the same site.</summary>
public sealed class ClientInBrowserTests(ClientPackage package, Chromium chromium)
    : IAsyncLifetime,
        IClassFixture<Chromium>
{
    private const int Tabs = 20;
    private const string RefreshRoute = "/api/auth/refresh";

    // So that a token expires while the page is hidden.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(15);

    private readonly TestDatabase _database = new();
    private readonly TestClock _clock = new();
    private readonly int _port = Ports.FindFree();
    private ClientApplication _application = null!;
    private TestService _service = null!;
    private IBrowserContext _profile = null!;

    private string Page => _application.PageFor(_service.Client.BaseAddress!.ToString());

    public async ValueTask InitializeAsync()
    {
        _profile = await chromium.StartProfileAsync();
        _application = await ClientApplication.StartAsync(package);
        _service = StartService();
        _application.Service = _service.Client.BaseAddress;
    }

    public async ValueTask DisposeAsync()
    {
        if (_profile is not null)
        {
            await _profile.DisposeAsync();
        }

        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _database.Dispose();
    }

    [Fact]
    public async Task A_user_signs_up_stays_signed_in_and_logs_out()
    {
        var tab = await OpenAsync(Page);
        (await WaitForStatusAsync(tab)).ShouldBe("signedOut");

        var email = await SignUpAsync(tab);
        _clock.Advance(s_lifetime + TimeSpan.FromMinutes(1)); // the client does not know
        (await tab.EvaluateAsync<string>("async () => (await auth.getAccount()).email")).ShouldBe(email);

        await tab.ReloadAsync();
        (await WaitForStatusAsync(tab)).ShouldBe("signedIn");
        (await tab.EvaluateAsync<string>("() => auth.state.user.email")).ShouldBe(email);

        await tab.EvaluateAsync("() => auth.logout()");
        (await tab.EvaluateAsync<string>("() => auth.state.reason")).ShouldBe("logout");
        await tab.ReloadAsync();
        (await WaitForStatusAsync(tab)).ShouldBe("signedOut");
    }

    [Fact]
    public async Task Exceptions_contain_the_problem_details_of_the_service()
    {
        var tab = await OpenAsync(Page);

        var error = await tab.EvaluateAsync<string[]>(
            """
            async () => {
              const error = await auth.register({ email: 'ada', password: 'short' }).catch(error => error);
              return [error.name, error.code, String(error.status), ...Object.keys(error.errors).sort()];
            }
            """
        );

        error.ShouldBe(["AuthError", "VALIDATION_FAILED", "400", "email", "password"]);
    }

    [Fact]
    public async Task Twenty_tabs_that_are_reloaded_at_once_stay_signed_in_with_one_refresh_each()
    {
        var tabs = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(_ => OpenAsync(Page)));
        await Task.WhenAll(tabs.Select(WaitForStatusAsync));
        await SignUpAsync(tabs[0]);
        await Task.WhenAll(tabs.Select(tab => tab.WaitForFunctionAsync("() => auth.state.status === 'signedIn'")));
        var session = await tabs[0].EvaluateAsync<string>("() => auth.state.sessionId");
        var refreshes = CountRefreshes();

        for (var round = 1; round <= Proof.Rounds(everyTime: 3, full: 50); round++)
        {
            await Task.WhenAll(tabs.Select(tab => tab.ReloadAsync()));
            var states = await Task.WhenAll(tabs.Select(WaitForStatusAsync));

            states.ShouldAllBe(state => state == "signedIn", $"round {round}");
            refreshes.Count.ShouldBe(Tabs * round);
            _clock.Advance(TimeSpan.FromMinutes(10));
        }

        (await Task.WhenAll(tabs.Select(tab => tab.EvaluateAsync<string>("() => auth.state.sessionId")))).ShouldAllBe(
            id => id == session
        );
    }

    [Fact]
    public async Task A_sign_in_and_a_logout_in_one_tab_are_seen_in_all()
    {
        var tabs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OpenAsync(Page)));
        await Task.WhenAll(tabs.Select(WaitForStatusAsync));
        await SignUpAsync(tabs[0]);
        await Task.WhenAll(tabs.Select(tab => tab.WaitForFunctionAsync("() => auth.state.status === 'signedIn'")));

        await tabs[1].EvaluateAsync("() => auth.logout()");

        await Task.WhenAll(tabs.Select(tab => tab.WaitForFunctionAsync("() => reasons.length > 0")));
        foreach (var tab in tabs)
        {
            (await tab.EvaluateAsync<string>("() => reasons.join()")).ShouldBe("logout");
            (await tab.EvaluateAsync<string?>("() => auth.getAccessToken()")).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Wrong_clocks_sleep_outages_and_service_restarts_sign_nobody_out()
    {
        var tab = await _profile.NewPageAsync();
        await tab.Clock.InstallAsync(new() { TimeDate = _clock.GetUtcNow().UtcDateTime.AddHours(2) });
        await tab.GotoAsync(Page);
        await WaitForStatusAsync(tab);
        await SignUpAsync(tab);
        var refreshes = CountRefreshes();

        // Sleep: the overdue timer runs once.
        await tab.RunAndWaitForResponseAsync(
            () => PassAsync(tab, TimeSpan.FromMinutes(70)),
            response => response.Url.EndsWith(RefreshRoute, StringComparison.Ordinal) && response.Ok
        );
        (await tab.EvaluateAsync<string?>("() => auth.getAccessToken()")).ShouldNotBeNull();
        refreshes.Count.ShouldBe(1);

        await _profile.SetOfflineAsync(true);
        await PassAsync(tab, TimeSpan.FromMinutes(20));
        (await tab.EvaluateAsync<string>("() => auth.getAccessToken().catch(error => error.code)")).ShouldBe(
            "NETWORK_ERROR"
        );
        await _profile.SetOfflineAsync(false);
        await tab.WaitForFunctionAsync("() => auth.getAccount().then(account => account.email, () => '')");

        await _service.DisposeAsync();
        await PassAsync(tab, TimeSpan.FromMinutes(20));
        (await tab.EvaluateAsync<string>("() => auth.getAccessToken().catch(error => error.code)")).ShouldBe(
            "NETWORK_ERROR"
        );
        _service = StartService();
        await tab.WaitForFunctionAsync("() => auth.getAccount().then(account => account.email, () => '')");

        (await tab.EvaluateAsync<string>("() => auth.state.status")).ShouldBe("signedIn");
        (await tab.EvaluateAsync<int>("() => reasons.length")).ShouldBe(0);
    }

    [Fact]
    public async Task Lost_requests_and_responses_sign_nobody_out()
    {
        var tab = await OpenAsync(_application.PageFor("/"));
        await WaitForStatusAsync(tab);
        await SignUpAsync(tab);
        _application.LossPercentage = 20;

        var rounds = Proof.Rounds(everyTime: 10, full: 1000);
        for (var round = 1; round <= rounds || _application.Lost == 0; round++)
        {
            var state = await tab.EvaluateAsync<string>(
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
            );

            state.ShouldBe("signedIn", $"round {round}");
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await tab.EvaluateAsync<int>("() => reasons.length")).ShouldBe(0);
    }

    private TestService StartService() =>
        TestService.Start(
            _database,
            _clock,
            ("urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}")),
            ("Cors:AllowedOrigins:0", _application.Origin)
        );

    private ConcurrentBag<string> CountRefreshes()
    {
        var refreshes = new ConcurrentBag<string>();
        _profile.Request += (_, request) =>
        {
            if (request.Url.EndsWith(RefreshRoute, StringComparison.Ordinal))
            {
                refreshes.Add(request.Url);
            }
        };
        return refreshes;
    }

    private async Task PassAsync(IPage tab, TimeSpan time)
    {
        _clock.Advance(time);
        await tab.Clock.FastForwardAsync((long)time.TotalMilliseconds);
    }

    private async Task<IPage> OpenAsync(string address)
    {
        var tab = await _profile.NewPageAsync();
        await tab.GotoAsync(address);
        return tab;
    }

    private static async Task<string> WaitForStatusAsync(IPage tab)
    {
        await tab.WaitForFunctionAsync("() => window.auth && auth.state.status !== 'unknown'");
        return await tab.EvaluateAsync<string>("() => auth.state.status");
    }

    private static async Task<string> SignUpAsync(IPage tab)
    {
        var email = Account.NewEmail();
        await tab.EvaluateAsync(
            "([email, password]) => auth.register({ email, password })",
            new[] { email, Account.DefaultPassword }
        );
        return email;
    }
}
