using System.Globalization;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Clients;

/// <summary>The TypeScript client in Chromium, in a page on another origin of the same site.</summary>
public sealed class ClientInBrowserTests(ClientPackage package, Chromium chromium)
    : IAsyncLifetime,
        IClassFixture<Chromium>
{
    private ClientTabs _browser = null!;

    public async ValueTask InitializeAsync() => _browser = await ClientTabs.StartAsync(package, chromium);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_user_signs_up_stays_signed_in_and_logs_out()
    {
        var tab = await _browser.OpenAsync();
        (await ClientTabs.WaitForStatusAsync(tab)).ShouldBe("signedOut");

        var email = await ClientTabs.SignUpAsync(tab);
        _browser.Clock.Advance(TimeSpan.FromMinutes(16)); // the token expires, unnoticed by the client
        (await tab.EvaluateAsync<string>("async () => (await auth.getAccount()).email")).ShouldBe(email);

        await tab.ReloadAsync();
        (await ClientTabs.WaitForStatusAsync(tab)).ShouldBe("signedIn");
        (await tab.EvaluateAsync<string>("() => auth.state.user.email")).ShouldBe(email);

        await tab.EvaluateAsync("() => auth.logout()");
        (await tab.EvaluateAsync<string>("() => auth.state.reason")).ShouldBe("logout");
        await tab.ReloadAsync();
        (await ClientTabs.WaitForStatusAsync(tab)).ShouldBe("signedOut");
    }

    [Fact]
    public async Task Exceptions_contain_the_problem_details_of_the_service()
    {
        var tab = await _browser.OpenAsync();

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
    public async Task A_sign_in_and_a_logout_in_one_of_twenty_tabs_are_seen_in_all()
    {
        var (tabs, _) = await _browser.OpenSignedInAsync(20);

        var loggedOutAt = await tabs[7].EvaluateAsync<double>("() => { auth.logout(); return Date.now(); }");

        await Task.WhenAll(tabs.Select(tab => tab.WaitForFunctionAsync("() => reasons.length > 0")));
        foreach (var tab in tabs)
        {
            (await tab.EvaluateAsync<string>("() => reasons.join()")).ShouldBe("logout");
            (await tab.EvaluateAsync<string?>("() => auth.getAccessToken()")).ShouldBeNull();
        }

        _browser.CountRefreshes(tabs).ShouldAllBe(count => count == 0); // they learned it from the other tab
        var seenAt = await Task.WhenAll(tabs.Select(tab => tab.EvaluateAsync<double>("() => signedOutAt")));
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Seen in all tabs after {seenAt.Max() - loggedOutAt} ms.")
        );
    }
}
