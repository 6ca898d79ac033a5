using System.Collections.Concurrent;
using System.Globalization;
using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Clients;

/// <summary>Browser tabs that use the TypeScript client, and a service that can be restarted on its database.</summary>
internal sealed class ClientTabs : IAsyncDisposable
{
    private const string RefreshRoute = "/api/auth/refresh";

    private readonly TestDatabase _database = new();
    private readonly int _port = Ports.FindFree();
    private readonly (string, string?)[] _settings;
    private readonly ConcurrentDictionary<IPage, int> _refreshes = new();
    private TestService? _service;

    private ClientTabs(ClientApplication application, IBrowserContext profile, (string, string?)[] settings)
    {
        Application = application;
        Profile = profile;
        _settings = settings;
        Profile.Response += (_, response) =>
        {
            if (response.Url.EndsWith(RefreshRoute, StringComparison.Ordinal))
            {
                _refreshes.AddOrUpdate(response.Frame.Page, 1, (_, count) => count + 1);
            }
        };
    }

    public ClientApplication Application { get; }

    public IBrowserContext Profile { get; }

    /// <summary>The clock of the service.</summary>
    public TestClock Clock { get; } = new();

    public static async Task<ClientTabs> StartAsync(
        ClientPackage package,
        Chromium chromium,
        params (string, string?)[] settings
    )
    {
        var profile = await chromium.StartProfileAsync();
        var tabs = new ClientTabs(await ClientApplication.StartAsync(package), profile, settings);
        tabs.StartService();
        return tabs;
    }

    public void StartService()
    {
        var address = ("urls", (string?)string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"));
        _service = TestService.Start(
            _database,
            Clock,
            [address, ("Cors:AllowedOrigins:0", Application.Origin), .. _settings]
        );
        Application.Service = _service.Client.BaseAddress;
    }

    public async Task StopServiceAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
            _service = null;
        }
    }

    /// <summary>Opens a tab and waits for its first refresh.</summary>
    public async Task<IPage> OpenAsync(string? service = null)
    {
        var tab = await Profile.NewPageAsync();
        await tab.GotoAsync(Application.PageFor(service ?? Application.Service!.ToString()));
        await WaitForStatusAsync(tab);
        return tab;
    }

    /// <summary>Opens tabs and signs up a new user in one of them.</summary>
    public async Task<(IPage[] Tabs, string Email)> OpenSignedInAsync(int count, string? service = null)
    {
        var tabs = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => OpenAsync(service)));
        var email = await SignUpAsync(tabs[0]);
        await Task.WhenAll(tabs.Select(tab => tab.WaitForFunctionAsync("() => auth.state.status === 'signedIn'")));
        _refreshes.Clear();
        return (tabs, email);
    }

    /// <summary>The number of answered refreshes of each tab since the last call.</summary>
    public int[] CountRefreshes(IEnumerable<IPage> tabs) =>
        [.. tabs.Select(tab => _refreshes.TryRemove(tab, out var count) ? count : 0)];

    public async ValueTask DisposeAsync()
    {
        await Profile.DisposeAsync();
        await Application.DisposeAsync();
        await StopServiceAsync();
        _database.Dispose();
    }

    public static async Task<string> WaitForStatusAsync(IPage tab)
    {
        await tab.WaitForFunctionAsync("() => window.auth && auth.state.status !== 'unknown'");
        return await tab.EvaluateAsync<string>("() => auth.state.status");
    }

    public static async Task<string> SignUpAsync(IPage tab)
    {
        var email = Account.NewEmail();
        await tab.EvaluateAsync(
            "([email, password]) => auth.register({ email, password })",
            new[] { email, Account.DefaultPassword }
        );
        return email;
    }
}
