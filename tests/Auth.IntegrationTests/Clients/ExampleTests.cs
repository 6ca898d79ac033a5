using Auth.IntegrationTests.Support;
using Auth.IntegrationTests.Ui;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Clients;

/// <summary>
/// The TypeScript client packed and installed into an application, with the examples of its README and of the main README:
/// type-checked, bundled, and run in Chromium.
/// </summary>
[Trait("Engine", "Sqlite")] // independent of the engine
public sealed class ExampleTests(ClientPackage package, Chromium chromium) : IAsyncLifetime, IClassFixture<Chromium>
{
    // As in the examples.
    private const string Email = "ada@example.com";
    private const string Password = "correct-horse-battery-staple";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("auth-tests-examples-");
    private readonly TestDatabase _database = new();
    private readonly int _port = Ports.FindFree();
    private IBrowserContext _profile = null!;
    private TestService _auth = null!;
    private SampleService _articles = null!;
    private SampleService _pages = null!;

    private string Origin => FormattableString.Invariant($"http://localhost:{_port}");

    public async ValueTask InitializeAsync()
    {
        _profile = await chromium.StartProfileAsync();
        var client = await package.InstallAsync();
        _auth = TestService.StartAsIssuer(
            _database,
            ("Jwt:Audience", "auth"),
            ("Cors:AllowedOrigins:0", Origin),
            ("Passkeys:Origins:0", Origin)
        );
        _articles = await SampleService.StartArticlesAsync(Address(_auth.Client.BaseAddress!), "auth", Origin);

        var folder = _folder.FullName;
        Npm.Copy(Path.Combine(ClientPackage.Sources, "examples"), folder, without: ["node_modules", "dist", "out"]);
        await Npm.RunAsync(client, ["pack", "--pack-destination", folder]);
        var file = Directory.EnumerateFiles(folder, "auth-client-*.tgz").Single();
        await Npm.InstallAsync(folder);
        await Npm.InstallAsync(folder, "install", "--no-save", "--no-package-lock", file);
        await Npm.RunAsync(
            folder,
            [
                "run",
                "extract",
                "--",
                Path.Combine(ClientPackage.Sources, "README.md"),
                Path.Combine(Repository.Root, "README.md"),
            ],
            ("AUTH_URL", Address(_auth.Client.BaseAddress!)),
            ("ARTICLES_URL", Address(_articles.Address))
        );
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in new IAsyncDisposable?[] { _profile, _pages, _articles, _auth })
        {
            if (started is not null)
            {
                await started.DisposeAsync();
            }
        }

        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_documented_examples_compile_and_work_with_the_packed_client()
    {
        await Npm.RunAsync(_folder.FullName, ["run", "check"]);
        await Npm.RunAsync(_folder.FullName, ["run", "build"]);
        _pages = await SampleService.StartAsync(
            Npm.Program,
            ["run", "preview", "--", "--host", "127.0.0.1", "--port", new Uri(Origin).Port.ToString(provider: null)],
            _folder.FullName,
            "Local:",
            ("NO_COLOR", "1")
        );

        await TryQuickStartsAsync();
        await TryPageWithoutFrameworkAsync();
        await TryComponentAsync("react");
        await SignInAsync();
        await TryComponentAsync("svelte");
        await SignInAsync();
        await TryInterceptorAsync();
        await TryFactorsAsync();

        (await Npm.RunAsync(_folder.FullName, ["run", "node"])).ShouldContain($"email: '{Email}'");
    }

    private async Task TryQuickStartsAsync()
    {
        var start = await OpenAsync("quick-start");
        await start.GetByText("Done.").WaitForAsync();

        // This example expects the account that the quick start has created.
        var states = new List<string>();
        var frontend = await _profile.NewPageAsync();
        frontend.Console += (_, line) => states.Add(line.Text);
        await frontend.GotoAsync($"{Origin}/frontend.html");
        await frontend.GetByText("Done.").WaitForAsync();
        states[0].ShouldBe("unknown");
        states.ShouldContain("signedIn");
        states.ShouldContain("403");
        states[^1].ShouldBe("signedOut");
    }

    private async Task TryPageWithoutFrameworkAsync()
    {
        var page = await OpenAsync("vanilla");
        await SubmitAsync(page, "wrong-horse-battery-staple");
        await page.GetByText("password is wrong").WaitForAsync();
        await SubmitAsync(page, Password);
        await page.GetByText($"Hello {Email}").WaitForAsync();
        await page.GetByRole(AriaRole.Button).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    private async Task TryComponentAsync(string framework)
    {
        var page = await OpenAsync(framework);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Log out {Email}" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).WaitForAsync();
    }

    private async Task TryInterceptorAsync()
    {
        var page = await _profile.NewPageAsync();
        var tokens = new List<string>();
        await page.RouteAsync(
            "**/whoami",
            async route =>
            {
                tokens.Add(route.Request.Headers["authorization"]);
                if (tokens.Count == 1)
                {
                    var headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" };
                    await route.FulfillAsync(new() { Status = 401, Headers = headers });
                }
                else
                {
                    await route.ContinueAsync();
                }
            }
        );

        await page.GotoAsync($"{Origin}/angular.html?articles={Uri.EscapeDataString(Address(_articles.Address))}");

        await page.GetByText("{\"id\":").WaitForAsync();
        tokens.Count.ShouldBe(2);
        tokens[1].ShouldNotBe(tokens[0]);
    }

    private async Task TryFactorsAsync()
    {
        var page = await OpenAsync("factors");
        await page.GetByText("Done.").WaitForAsync();
        AuthenticatorApp? app = null;
        await page.ExposeFunctionAsync(
            "scan",
            (string secret) => (app ??= new(secret)).CodeAt(_auth.Clock.GetUtcNow())
        );
        var codes = await page.EvaluateAsync<int>(
            """
            async password => {
              await auth.register({ email: 'grace@example.com', password });
              return (await addAuthenticatorApp((uri, secret) => scan(secret))).length;
            }
            """,
            Password
        );
        codes.ShouldBe(10);

        _auth.Clock.Advance(TimeSpan.FromSeconds(30)); // the code of the enrolment is used up
        var methods = await page.EvaluateAsync<string[]>(
            """
            async password => {
              await auth.logout();
              const request = await submitPassword('grace@example.com', password);
              await submitCode(request, await scan(''));
              return [auth.state.status, ...request.methods];
            }
            """,
            Password
        );
        methods.ShouldBe(["signedIn", "totp", "recovery_code"]);

        await VirtualAuthenticator.AddAsync(page);
        var states = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const states = [(await addPasskey()).length];
              await auth.logout();
              await signInWithPasskey();
              states.push(auth.state.status);
              await auth.logout();
              await offerPasskeys(new AbortController().signal);
              return [...states, auth.state.status].map(String);
            }
            """
        );
        states.ShouldBe(["0", "signedIn", "signedIn"]);
    }

    private async Task SignInAsync()
    {
        var page = await OpenAsync("vanilla");
        await SubmitAsync(page, Password);
        await page.GetByText($"Hello {Email}").WaitForAsync();
    }

    private async Task<IPage> OpenAsync(string page)
    {
        var tab = await _profile.NewPageAsync();
        await tab.GotoAsync($"{Origin}/{page}.html");
        return tab;
    }

    private static async Task SubmitAsync(IPage page, string password)
    {
        await page.GetByLabel("E-mail").FillAsync(Email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button).ClickAsync();
    }

    // Passkeys do not work at numeric addresses, and cookies only on the same site.
    private static string Address(Uri address) => FormattableString.Invariant($"http://localhost:{address.Port}");
}
