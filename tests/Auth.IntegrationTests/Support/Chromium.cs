using Microsoft.Playwright;

namespace Auth.IntegrationTests.Support;

/// <summary>The Chromium of this machine, driven by Playwright; each test gets its own profile.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Without background networking, a browser behaves the same on a machine without internet access.
    private static readonly string[] s_arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Programs.Find("chromium", "chromium-browser", "google-chrome") is { } program)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = s_arguments });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A new profile: no cookies, no storage. Skips the test if there is no Chromium.</summary>
    public async Task<IBrowserContext> StartProfileAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, "no Chromium is installed here");
        return await _browser.NewContextAsync(options);
    }
}
