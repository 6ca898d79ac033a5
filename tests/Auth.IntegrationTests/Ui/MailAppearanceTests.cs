using System.Globalization;
using Auth.Domain.Mail;
using Auth.Infrastructure.Mail;
using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>
/// Every mail in every language, as readers with other devices and settings see it. Screenshots are in
/// <c>artifacts/mails</c>.
/// </summary>
public sealed class MailAppearanceTests(ConsoleSources sources, Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] s_rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    // As long as a real one.
    private static readonly string s_token = new('m', 115);

    private static readonly MailTemplates s_templates = new(
        new MailOptions
        {
            FromAddress = "noreply@example.com",
            FromName = "Example",
            Links = new()
            {
                BaseUrl = "https://app.example.com/account",
                VerifyEmail = "https://app.example.com/account/verify-email",
                ResetPassword = "https://app.example.com/account/reset-password",
                ChangeEmail = "https://app.example.com/account/change-email",
                UndoEmailChange = "https://app.example.com/account/undo-email-change",
                AcceptInvitation = "https://app.example.com/account/accept-invitation",
            },
        }
    );

    [Theory]
    [InlineData(ColorScheme.Light, 600)]
    [InlineData(ColorScheme.Dark, 600)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Mails_fit_and_can_be_read(ColorScheme scheme, int width)
    {
        var axe = await sources.ReadAxeAsync();
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "mails"));
        await using var profile = await chromium.StartProfileAsync(
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 800 },
            }
        );
        var page = await profile.NewPageAsync();
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);

        foreach (var template in Enum.GetValues<MailTemplate>())
        {
            foreach (var culture in MailOptions.BuiltInCultures)
            {
                var name = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{MailTemplates.NameOf(template)}.{culture}.{scheme}.{width}"
                );
                var sample = MailSamples.Create(template, culture);
                sample = sample.LinkToken is null ? sample : sample with { LinkToken = s_token };
                await page.SetContentAsync(s_templates.Render(sample).Html);

                await page.ScreenshotAsync(
                    new() { Path = Path.Combine(folder.FullName, name + ".png"), FullPage = true }
                );
                await page.ShouldNotScrollSidewaysAsync(name);
                await page.ShouldBeAccessibleAsync(axe, name, s_rules);
                await ShouldShowAsync(page, sample.Code, name);
                await ShouldHaveVisibleLinksAsync(page, width, name);
            }
        }

        requests.ShouldBeEmpty();
    }

    private static async Task ShouldShowAsync(IPage page, string? code, string name)
    {
        if (code is not null)
        {
            (await page.GetByText(code, new() { Exact = true }).IsVisibleAsync()).ShouldBeTrue(name);
        }
    }

    private static async Task ShouldHaveVisibleLinksAsync(IPage page, int width, string name)
    {
        foreach (var link in await page.Locator("a").AllAsync())
        {
            (await link.IsVisibleAsync()).ShouldBeTrue(name);
            var box = (await link.BoundingBoxAsync()).ShouldNotBeNull(name);
            box.X.ShouldBeGreaterThanOrEqualTo(0, name);
            (box.X + box.Width).ShouldBeLessThanOrEqualTo(width, name);
        }
    }
}
