using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>The pages about second factors, as people with other devices, settings and abilities see them.</summary>
[Trait("Engine", "Sqlite")] // independent of the engine
public sealed class ConsoleFactorAppearanceTests(ConsoleSources sources, Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [MemberData(nameof(ConsoleAppearanceTests.Devices), MemberType = typeof(ConsoleAppearanceTests))]
    public async Task Pages_fit_and_axe_finds_nothing(ColorScheme scheme, int width, string language)
    {
        var axe = await sources.ReadAxeAsync();
        using var database = new TestDatabase();
        await using var service = TestService.StartAsIssuer(database);
        await using var visitor = await Visitor.StartAsync(
            chromium,
            FactorVisitor.AddressOf(service),
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 740 },
                Locale = language,
            }
        );
        var page = visitor.Page;
        await visitor.WithoutAutofillAsync();
        await VirtualAuthenticator.AddAsync(page);
        var account = await Account.RegisterAsync(service.Client);

        await visitor.OpenAsync("/security");
        await page.Locator("form").Nth(1).GetByRole(AriaRole.Button).ClickAsync();
        await visitor.Alert.WaitForAsync();
        await LookAsync("sign-in, without a passkey");
        await SignInAsync();
        await page.Locator("section").First.WaitForAsync();
        await LookAsync("without factors");

        // An authenticator app.
        await page.Locator("section").Nth(1).GetByRole(AriaRole.Button).ClickAsync();
        await LookAsync("the name of an app");
        await SubmitAsync();
        await page.Locator(".qr svg").WaitForAsync();
        await SubmitAsync();
        await visitor.Page.Locator(".field .error").WaitForAsync();
        await LookAsync("an app, with errors");
        var app = new AuthenticatorApp(await visitor.ReadSecretAsync());
        await page.Locator("input").FillAsync(app.CodeAt(service.Clock.GetUtcNow()));
        await SubmitAsync();
        await page.Locator(".recovery-codes").WaitForAsync();
        await LookAsync("recovery codes");
        await page.Locator(".recovery-codes .primary").ClickAsync();

        // A passkey.
        await page.Locator("section").First.GetByRole(AriaRole.Button).ClickAsync();
        await LookAsync("the name of a passkey");
        await SubmitAsync();
        await page.Locator(".factors").Nth(1).WaitForAsync();
        await LookAsync("with factors");
        await page.Locator("[data-action=rename]").First.ClickAsync();
        await page.Locator("[data-action=remove]").Nth(0).ClickAsync();
        await LookAsync("renaming and removing");

        // The dialog.
        service.Clock.Advance(TimeSpan.FromMinutes(11));
        await page.Locator("button.danger").ClickAsync();
        await page.Locator("dialog .choices").WaitForAsync();
        await LookAsync("the question for a factor");
        await page.Locator("dialog .choices button").Last.ClickAsync();
        await page.Locator("dialog input").WaitForAsync();
        await SubmitAsync("dialog ");
        await page.Locator("dialog .field .error").WaitForAsync();
        await LookAsync("the question for a recovery code, with errors");
        await page.Keyboard.PressAsync("Escape");

        // The second step of a sign-in.
        await page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button).ClickAsync();
        await SignInAsync();
        await page.Locator(".choices").WaitForAsync();
        await LookAsync("the second step");
        await page.Locator(".choices button").First.ClickAsync();
        await page.Locator("input").FillAsync(app.WrongCodeAt(service.Clock.GetUtcNow()));
        await SubmitAsync();
        await visitor.Alert.WaitForAsync();
        await LookAsync("the second step, with an error");
        visitor.Complaints.ShouldBeEmpty();

        async Task SignInAsync()
        {
            await page.Locator("input[type=email]").FillAsync(account.Email);
            await page.Locator("input[type=password]").FillAsync(account.Password);
            await SubmitAsync();
        }

        Task SubmitAsync(string within = "") => page.Locator($"{within}button[type=submit]").First.ClickAsync();

        async Task LookAsync(string name)
        {
            await page.ShouldFitAsync(scheme, name);
            await page.ShouldBeAccessibleAsync(axe, name);
        }
    }
}
