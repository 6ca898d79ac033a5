using System.Collections.Concurrent;
using Auth.IntegrationTests.Clients;
using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Documentation;

/// <summary>The sample page in Chromium, started in both documented ways.</summary>
[Trait("Engine", "Sqlite")] // independent of the engine
public sealed class SamplePageTests(ClientPackage package, Chromium chromium) : IAsyncLifetime, IClassFixture<Chromium>
{
    private readonly TestDatabase _database = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private IBrowserContext _profile = null!;
    private SamplePage _page = null!;
    private TestService _auth = null!;
    private SampleService _articles = null!;

    public async ValueTask InitializeAsync()
    {
        _profile = await chromium.StartProfileAsync();
        _page = await SamplePage.InstallAsync(await package.InstallAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in new IAsyncDisposable?[] { _profile, _page, _articles, _auth })
        {
            if (started is not null)
            {
                await started.DisposeAsync();
            }
        }

        _database.Dispose();
    }

    [Fact]
    public async Task It_works_on_a_separate_origin()
    {
        await StartServicesAsync("Cors:AllowedOrigins:0", _page.Origin);
        await _page.ServeAsync(_auth.Client.BaseAddress!, _articles.Address);

        await TryAsync();
    }

    [Fact]
    public async Task It_works_behind_nginx()
    {
        await StartServicesAsync("ForwardedHeaders:KnownProxies:0", "127.0.0.1");
        await _page.ServeBehindNginxAsync(_auth.Client.BaseAddress!, _articles.Address);

        await TryAsync();
    }

    private async Task StartServicesAsync(string setting, string value)
    {
        _auth = TestService.StartAsIssuer(_database, ("Jwt:Audience", "auth"), (setting, value));
        var issuer = $"http://localhost:{_auth.Client.BaseAddress!.Port}";
        _articles = await SampleService.StartArticlesAsync(issuer, "auth", _page.Origin);
    }

    private async Task TryAsync()
    {
        var tab = await OpenAsync();
        await tab.GetByLabel("E-mail").FillAsync(Account.NewEmail());
        await tab.GetByLabel("Password").FillAsync("short");
        await PressAsync(tab, "Sign up");
        await ShowsAsync(tab, "Passwords must be at least 8 characters long.");
        await tab.GetByLabel("Password").FillAsync(Account.DefaultPassword);
        await PressAsync(tab, "Sign up");
        await ShowsAsync(tab, "Signed in as");

        await PressAsync(tab, "Who am I?");
        await ShowsAsync(tab, "200: ");
        var id = (await tab.Locator("#answer").TextContentAsync())!.Split('"')[3];
        await PressAsync(tab, "Read articles");
        await ShowsAsync(tab, "403: You are not allowed to do this.");

        await GrantAsync(id);
        await PressAsync(tab, "Refresh");
        await ShowsAsync(tab, "The new access token");
        await PressAsync(tab, "Read articles");
        await ShowsAsync(tab, "Keys that rotate");

        // Sleep, during which the token expires.
        await tab.RunAndWaitForResponseAsync(
            () => tab.Clock.FastForwardAsync("20:00"),
            response => response.Url.EndsWith("/api/auth/refresh", StringComparison.Ordinal) && response.Ok
        );
        await PressAsync(tab, "Who am I?");
        await ShowsAsync(tab, id);

        var other = await OpenAsync();
        await ShowsAsync(other, "Signed in as");
        await PressAsync(other, "Log out");
        await ShowsAsync(tab, "Sign in to read articles.");
        await tab.ReloadAsync();
        await ShowsAsync(tab, "Sign in to read articles.");
        _violations.ShouldBeEmpty();
    }

    private async Task<IPage> OpenAsync()
    {
        var tab = await _profile.NewPageAsync();
        tab.Console += (_, line) =>
        {
            if (line.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _violations.Enqueue(line.Text);
            }
        };
        await tab.Clock.InstallAsync();
        await tab.GotoAsync(_page.Origin);
        return tab;
    }

    private static Task PressAsync(IPage tab, string button) =>
        tab.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    private static Task ShowsAsync(IPage tab, string text) => tab.GetByText(text).WaitForAsync();

    private async Task GrantAsync(string id)
    {
        var admin = await Account.LoginAsAdminAsync(_auth.Client);
        var role = await _auth.Client.CreateRoleAsync(admin, "articles:read");
        await _auth
            .Client.SendAsync("PUT", $"/api/users/{id}/roles", new { roles = new[] { role } }, admin.AccessToken)
            .ShouldBeAsync(200);
    }
}
