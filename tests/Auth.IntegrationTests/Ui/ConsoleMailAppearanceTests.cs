using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>The pages about mails, as people with other devices, settings and abilities see them.</summary>
public sealed class ConsoleMailAppearanceTests(ConsoleSources sources, Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [MemberData(nameof(ConsoleAppearanceTests.Devices), MemberType = typeof(ConsoleAppearanceTests))]
    public async Task Pages_fit_and_axe_finds_nothing(ColorScheme scheme, int width, string language)
    {
        var axe = await sources.ReadAxeAsync();
        await using var mail = MailService.Start();
        await using var visitor = await Visitor.StartAsync(
            chromium,
            mail.Client.BaseAddress!,
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 740 },
                Locale = language,
            }
        );

        foreach (
            var path in new[]
            {
                "/forgot-password",
                "/reset-password",
                "/reset-password#token=abc",
                "/verify-email",
                "/verify-email#token=abc",
                "/accept-invitation",
                "/accept-invitation#token=abc",
                "/change-email#token=abc",
                "/undo-email-change",
                "/undo-email-change#token=abc",
            }
        )
        {
            await OpenAsync(path);
            await LookAsync(path);
        }

        await visitor.Page.Locator("button[type=submit]").ClickAsync();
        await visitor.Alert.WaitForAsync();
        await LookAsync("an invalid link");

        await OpenAsync("/forgot-password");
        await visitor.Page.Locator("input").FillAsync(Account.NewEmail());
        await visitor.Page.Locator("button[type=submit]").ClickAsync();
        await visitor.Page.Locator("input[inputmode=numeric]").WaitForAsync();
        await visitor.Page.Locator("button[type=submit]").ClickAsync();
        await visitor.Page.Locator(".field .error").First.WaitForAsync();
        await visitor.Page.Locator(".resend button").ClickAsync();
        await visitor.Page.Locator(".notice.success").WaitForAsync();
        await LookAsync("a code with errors");

        var account = await Account.RegisterAsync(mail.Client);
        await OpenAsync("/sign-in");
        await visitor.Page.Locator("input[type=email]").FillAsync(account.Email);
        await visitor.Page.Locator("input[type=password]").FillAsync(account.Password);
        await visitor.Page.Locator("button[type=submit]").ClickAsync();
        await visitor.Page.Locator("nav").WaitForAsync();
        foreach (
            var path in new[]
            {
                "",
                "/verify-email",
                "/verify-email#token=abc",
                "/accept-invitation#token=abc",
                "/change-email#token=abc",
                "/change-email",
            }
        )
        {
            await OpenAsync(path);
            await visitor.Page.Locator("section form").First.WaitForAsync();
            await LookAsync("signed in " + path);
        }

        await visitor.Page.Locator("input[autocomplete=email]").FillAsync(Account.NewEmail());
        await visitor.Page.Locator("input[type=password]").FillAsync(account.Password);
        await visitor.Page.Locator("button[type=submit]").ClickAsync();
        await visitor.Page.Locator("input[inputmode=numeric]").WaitForAsync();
        await LookAsync("the code of a change");
        visitor.Complaints.ShouldBeEmpty();

        async Task OpenAsync(string path)
        {
            await visitor.Page.GotoAsync("about:blank"); // another fragment alone would not load the page
            await visitor.OpenAsync(path);
        }

        async Task LookAsync(string name)
        {
            await visitor.Page.ShouldFitAsync(scheme, name);
            await visitor.Page.ShouldBeAccessibleAsync(axe, name);
        }
    }
}
