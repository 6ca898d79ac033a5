using System.Diagnostics;
using System.Globalization;

namespace Auth.IntegrationTests.Support;

/// <summary>The sample page, installed in a separate folder and served as documented.</summary>
public sealed class SamplePage : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("auth-tests-spa-");
    private readonly int _port = Ports.FindFree();
    private SampleService? _vite;
    private Process? _nginx;

    /// <summary>The origin of the page.</summary>
    public string Origin => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    private string Folder => Path.Combine(_root.FullName, "samples", "spa");

    /// <summary>Installs the page and a built client in the folder structure of the repository.</summary>
    public static async Task<SamplePage> InstallAsync(string client)
    {
        var page = new SamplePage();
        try
        {
            Npm.Copy(Path.Combine(Repository.Root, "samples", "spa"), page.Folder, without: ["node_modules", "dist"]);
            Npm.Copy(client, Path.Combine(page._root.FullName, "clients", "typescript"), without: ["node_modules"]);
            await Npm.InstallAsync(page.Folder);
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves the page on a separate origin.</summary>
    public async Task ServeAsync(Uri auth, Uri articles) =>
        _vite = await SampleService.StartAsync(
            Npm.Program,
            ["run", "dev", "--", "--host", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture)],
            Folder,
            "Local:",
            ("NO_COLOR", "1"),
            ("VITE_AUTH_URL", auth.GetLeftPart(UriPartial.Authority)),
            ("VITE_ARTICLES_URL", articles.GetLeftPart(UriPartial.Authority))
        );

    /// <summary>Serves the built page and both services on one origin. Skips the test if there is no nginx.</summary>
    public async Task ServeBehindNginxAsync(Uri auth, Uri articles)
    {
        var nginx = Programs.Find("nginx") ?? (File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : null);
        Assert.SkipWhen(nginx is null, "nginx is not installed here");

        await Npm.RunAsync(Folder, ["run", "build"]);
        var configuration = Path.Combine(Folder, "nginx.conf");
        var text = await File.ReadAllTextAsync(configuration, TestContext.Current.CancellationToken);
        text = text.Replace("127.0.0.1:8080", new Uri(Origin).Authority, StringComparison.Ordinal)
            .Replace("127.0.0.1:5000", auth.Authority, StringComparison.Ordinal)
            .Replace("127.0.0.1:5100", articles.Authority, StringComparison.Ordinal)
            .Replace("/tmp/", _root.FullName + "/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(configuration, text, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            // If root starts nginx, its workers run as another user.
            _root.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        }

        _nginx = Process.Start(nginx, ["-e", "stderr", "-p", Folder, "-c", "nginx.conf"]);
        using var http = new HttpClient();
        await Proof.EventuallyAsync(() => IsServedAsync(http), "the page behind nginx");
    }

    public async ValueTask DisposeAsync()
    {
        if (_vite is not null)
        {
            await _vite.DisposeAsync();
        }

        if (_nginx is not null)
        {
            _nginx.Kill(entireProcessTree: true);
            await _nginx.WaitForExitAsync(CancellationToken.None);
            _nginx.Dispose();
        }

        _root.Delete(recursive: true);
    }

    private async Task<bool> IsServedAsync(HttpClient http)
    {
        _nginx!.HasExited.ShouldBeFalse();
        try
        {
            return (await http.GetAsync(Origin, TestContext.Current.CancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }
}
