using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Auth.Api.Ui;

/// <summary>The built console, which is part of this assembly. Read when it is first asked for: startup does not wait for it.</summary>
internal sealed class ConsoleFiles(ConsoleSettings settings)
{
    private const string Folder = "account/";
    private const string Assets = $"{Folder}assets/";
    private const string EmptySettings = "content=\"{}\"";
    private const string RelativePrefix = "\"./";

    // The names of assets contain a hash of their content.
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AfterAsking = "no-cache";

    private static readonly Assembly s_assembly = typeof(ConsoleFiles).Assembly;

    // The way to the assets is relative, because a proxy may have removed a prefix that is not configured: from /account, from
    // /account/page, and from /account/page/.
    private static readonly string[] s_ways = ["./account/", "./", "../"];

    private readonly Lazy<Dictionary<string, StaticContent>> _assets = new(ReadAssets);
    private readonly Lazy<StaticContent[]> _pages = new(() => [.. s_ways.Select(way => ReadPage(way, settings))]);

    /// <summary>Returns the page for a path, which determines how to get from there to the assets.</summary>
    public StaticContent FindPage(PathString path) =>
        _pages.Value[Math.Min(path.Value!.Count(c => c == '/'), s_ways.Length) - 1];

    /// <summary>Returns an asset; null if there is none with this name.</summary>
    public StaticContent? FindAsset(string name) => _assets.Value.GetValueOrDefault(name);

    private static Dictionary<string, StaticContent> ReadAssets() =>
        s_assembly
            .GetManifestResourceNames()
            .Select(name => (Resource: name, Path: name.Replace('\\', '/')))
            .Where(file => file.Path.StartsWith(Assets, StringComparison.Ordinal))
            .ToDictionary(
                file => file.Path[Assets.Length..],
                file => new StaticContent(Read(file.Resource), TypeOf(file.Path), Forever),
                StringComparer.Ordinal
            );

    private static StaticContent ReadPage(string way, ConsoleSettings settings)
    {
        var json = JsonSerializer.Serialize(settings, JsonSerializerOptions.Web);
        var page = Encoding
            .UTF8.GetString(Read($"{Folder}index.html"))
            .Replace(RelativePrefix, $"\"{way}", StringComparison.Ordinal)
            .Replace(EmptySettings, $"content=\"{HtmlEncoder.Default.Encode(json)}\"", StringComparison.Ordinal);
        return new(Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8", AfterAsking);
    }

    private static byte[] Read(string resource)
    {
        using var stream = s_assembly.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static string TypeOf(string path) =>
        Path.GetExtension(path) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
}
