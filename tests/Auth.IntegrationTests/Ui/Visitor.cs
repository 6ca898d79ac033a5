using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>Somebody who visits the console with a browser of their own.</summary>
internal sealed partial class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _profile;
    private readonly string _service;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Visitor(IBrowserContext profile, IPage page, string service)
    {
        _profile = profile;
        _service = service;
        Page = page;
    }

    public IPage Page { get; }

    public IBrowserContext Profile => _profile;

    /// <summary>What the browser complained about: violations of the security policy, and errors of scripts.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Alert => Page.GetByRole(AriaRole.Alert);

    public static async Task<Visitor> StartAsync(
        Chromium chromium,
        Uri service,
        BrowserNewContextOptions? options = null
    )
    {
        options ??= new();
        options.Locale ??= "en-US";
        var profile = await chromium.StartProfileAsync(options);
        var page = await profile.NewPageAsync();
        var visitor = new Visitor(profile, page, service.ToString().TrimEnd('/'));
        page.PageError += (_, error) => visitor._complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                visitor._complaints.Enqueue(message.Text);
            }
        };
        await page.AddInitScriptAsync(
            """
            window.shift = 0;
            new PerformanceObserver(list => {
              for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
            }).observe({ type: 'layout-shift', buffered: true });
            """
        );
        return visitor;
    }

    public async ValueTask DisposeAsync() => await _profile.DisposeAsync();

    /// <summary>Opens a page of the console, and waits until it is there.</summary>
    public async Task OpenAsync(string page = "")
    {
        await Page.GotoAsync($"{_service}/account{page}");
        await Heading.WaitForAsync();
    }

    /// <summary>Opens the link of a mail, whatever the address of the service is in it.</summary>
    public async Task OpenLinkAsync(DeliveredMail mail)
    {
        await Page.GotoAsync("about:blank"); // a link to the page that is shown would not load it again
        await OpenAsync(LinkPattern().Match(mail.Text).Groups["page"].Value.ShouldNotBeEmptyText(mail.Text));
    }

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>A text on the page, below the header.</summary>
    public ILocator Text(string text) => Page.Locator("main").GetByText(text);

    public Task ShouldShowAsync(string heading) =>
        Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = heading }).WaitForAsync();

    public async Task<string> SignUpAsync()
    {
        var email = Account.NewEmail();
        await OpenAsync("/sign-up");
        await Field("E-mail address").FillAsync(email);
        await Field("Password").FillAsync(Account.DefaultPassword);
        await Button("Create account").ClickAsync();
        await ShouldShowAsync("Profile");
        return email;
    }

    public async Task SignInAsync(string email, string password)
    {
        await Field("E-mail address").FillAsync(email);
        await Field("Password").FillAsync(password);
        await Button("Sign in").ClickAsync();
    }

    [GeneratedRegex("/account(?<page>/[a-z-]+#token=[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkPattern();
}
