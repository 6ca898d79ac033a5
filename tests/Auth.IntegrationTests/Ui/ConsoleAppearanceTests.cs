using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>Every page, as people with other devices, settings and abilities see it.</summary>
public sealed class ConsoleAppearanceTests(ConsoleService service, ConsoleSources sources, Chromium chromium)
    : IClassFixture<ConsoleService>,
        IClassFixture<Chromium>
{
    /// <summary>Color scheme, width, language.</summary>
    public static TheoryData<ColorScheme, int, string> Devices() =>
        new()
        {
            { ColorScheme.Light, 1280, "en" },
            { ColorScheme.Dark, 1280, "de" },
            { ColorScheme.Light, 360, "de" },
            { ColorScheme.Dark, 360, "en" },
        };

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task Axe_finds_nothing(ColorScheme scheme, int width, string language)
    {
        var axe = await sources.ReadAxeAsync();

        await VisitAllAsync(scheme, width, language, (page, name) => page.ShouldBeAccessibleAsync(axe, name));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task Pages_fit_and_nothing_on_them_jumps(ColorScheme scheme, int width, string language) =>
        await VisitAllAsync(scheme, width, language, (page, name) => page.ShouldFitAsync(scheme, name));

    [Fact]
    public async Task Trusted_Types_are_enforced()
    {
        await using var visitor = await Visitor.StartAsync(chromium, service.Client.BaseAddress!);
        await visitor.OpenAsync();

        var errors = await visitor.Page.EvaluateAsync<string[]>(
            """
            () => [
              () => (document.createElement('div').innerHTML = '<img src=x>'),
              () => trustedTypes.createPolicy('another', { createHTML: html => html }),
              () => trustedTypes.createPolicy('svelte-trusted-html', { createHTML: html => html }),
            ].map(attempt => {
              try {
                attempt();
                return 'allowed';
              } catch (error) {
                return error.name;
              }
            })
            """
        );

        errors.ShouldBe(["TypeError", "TypeError", "TypeError"]);
    }

    [Fact]
    public async Task Nothing_is_loaded_from_elsewhere()
    {
        await using var visitor = await Visitor.StartAsync(chromium, service.Client.BaseAddress!);
        var addresses = new List<string>();
        visitor.Page.Request += (_, request) => addresses.Add(request.Url);

        await visitor.SignUpAsync();

        addresses.ShouldNotBeEmpty();
        addresses.ShouldAllBe(address =>
            address.StartsWith(service.Client.BaseAddress!.ToString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task It_works_behind_a_path_prefix()
    {
        using var database = new TestDatabase();
        await using var prefixed = TestService.Start(database, clock: null, ("Hosting:PathBase", "/login"));
        await using var visitor = await Visitor.StartAsync(chromium, new Uri(prefixed.Client.BaseAddress!, "/login"));

        await visitor.SignUpAsync();
        await visitor.Link("Devices").ClickAsync();
        await visitor.Page.ReloadAsync();
        await visitor.ShouldShowAsync("Devices");

        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/login/account/sessions");
        visitor.Complaints.ShouldBeEmpty();
    }

    private async Task VisitAllAsync(ColorScheme scheme, int width, string language, Func<IPage, string, Task> look)
    {
        await using var visitor = await Visitor.StartAsync(
            chromium,
            service.Client.BaseAddress!,
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 740 },
                Locale = language,
            }
        );
        foreach (var path in new[] { "?reason=reuse_detected", "/sign-in", "/sign-up", "/nowhere" })
        {
            await visitor.OpenAsync(path);
            await look(visitor.Page, path);
        }

        // With errors.
        await visitor.OpenAsync("/sign-up");
        await visitor.Page.Locator("button[type=submit]").ClickAsync();
        await visitor.Alert.WaitForAsync();
        await look(visitor.Page, "/sign-up with errors");

        var account = await Account.RegisterAsync(service.Client);
        await account.LoginAgainAsync(service.Client);
        await visitor.OpenAsync();
        await visitor.Page.Locator("input[type=email]").FillAsync(account.Email);
        await visitor.Page.Locator("input[type=password]").FillAsync(account.Password);
        await visitor.Page.Locator("button[type=submit]").ClickAsync();
        await visitor.Page.Locator("nav").WaitForAsync();
        foreach (var path in new[] { "", "/password", "/security", "/sessions", "/data" })
        {
            await visitor.OpenAsync(path);
            await visitor.Page.Locator("section, .sessions").First.WaitForAsync();
            await look(visitor.Page, path);
        }

        await visitor.Page.RouteAsync(
            "**/api/users/me/export",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Status = 401,
                        ContentType = "application/problem+json",
                        Body = """{"code":"STEP_UP_REQUIRED","maxAge":600,"acrValues":"pwd"}""",
                    }
                )
        );
        await visitor.Page.Locator("button[type=submit]").First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await look(visitor.Page, "the question for the password");
        visitor.Complaints.ShouldBeEmpty();
    }
}
