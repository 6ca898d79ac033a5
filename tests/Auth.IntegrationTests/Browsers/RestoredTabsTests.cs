using System.Text.Json;
using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Browsers;

public sealed class RestoredTabsTests(ServiceFixture fixture, Chromium chromium)
    : IClassFixture<ServiceFixture>,
        IClassFixture<Chromium>
{
    private const int Tabs = 20;

    // As applications do: refresh when the page loads.
    private const string Page = """
        <!doctype html><title>A tab</title>
        <script>
          fetch('/api/auth/refresh', { method: 'POST' })
            .then(response => response.json())
            .then(answer => { window.answer = answer; }, failure => { window.answer = { code: String(failure) }; });
        </script>
        """;

    [Fact]
    public async Task Twenty_tabs_that_refresh_when_they_are_restored_stay_signed_in()
    {
        await using var profile = await chromium.StartProfileAsync();
        var address = new Uri(fixture.Client.BaseAddress!, "/a-tab").ToString();
        await profile.RouteAsync(
            address,
            route => route.FulfillAsync(new() { ContentType = "text/html", Body = Page })
        );
        var session = await SignUpAsync(profile, address);

        for (var round = 1; round <= Proof.Rounds(everyTime: 5, full: 50); round++)
        {
            var tabs = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(_ => profile.NewPageAsync()));

            var answers = await Task.WhenAll(tabs.Select(tab => RestoreAsync(tab, address)));

            answers.ShouldAllBe(answer => answer == session, $"round {round}");
            await Task.WhenAll(tabs.Select(tab => tab.CloseAsync()));
            fixture.Service.Clock.Advance(TimeSpan.FromMinutes(10));
        }
    }

    private static async Task<string> SignUpAsync(IBrowserContext profile, string address)
    {
        var page = await profile.NewPageAsync();
        await page.GotoAsync(address);
        var session = await page.EvaluateAsync<string>(
            """
            async ([email, password]) => {
              const response = await fetch('/api/auth/register', {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ email, password }),
              });
              return (await response.json()).sessionId;
            }
            """,
            new[] { Account.NewEmail(), Account.DefaultPassword }
        );
        await page.CloseAsync();
        return session;
    }

    /// <returns>The session of the new tokens, or the error.</returns>
    private static async Task<string> RestoreAsync(IPage tab, string address)
    {
        await tab.GotoAsync(address);
        await tab.WaitForFunctionAsync("() => window.answer");
        var answer = await tab.EvaluateAsync<JsonElement>("() => window.answer");
        return answer.TryGetProperty("sessionId", out var session) ? session.GetString()! : answer.GetRawText();
    }
}
