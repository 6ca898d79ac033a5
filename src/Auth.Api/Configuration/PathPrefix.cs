using System.Buffers;

namespace Auth.Api.Configuration;

/// <summary>
/// The prefix under which a proxy serves the service, <c>/auth</c> for example. Cookies, locations and the OpenAPI document
/// name it; to routing, and to whatever else looks at the path, it is the path base.
/// </summary>
internal static class PathPrefix
{
    /// <summary>The longest prefix, in characters.</summary>
    public const int MaxLength = 100;

    // What needs no escaping in an address, in a header or in the path of a cookie. Without dots: no segment means another.
    private static readonly SearchValues<char> s_allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~/"
    );

    /// <summary>
    /// With what the service's own paths begin, but for those with a dot. A prefix cannot begin like this: it would not be
    /// clear whether the proxy has taken it off a path.
    /// </summary>
    public static IReadOnlyList<string> OwnSegments { get; } = ["api", "health", "swagger"];

    /// <summary>Writes a prefix without the slash that may stand at its end; null if the text is no usable prefix.</summary>
    public static string? Normalize(string? text)
    {
        var prefix = text?.EndsWith('/') == true ? text[..^1] : text;
        return
            prefix is { Length: > 1 and <= MaxLength }
            && prefix[0] == '/'
            && prefix[^1] != '/'
            && !prefix.Contains("//", StringComparison.Ordinal)
            && !prefix.AsSpan().ContainsAnyExcept(s_allowed)
            && !OwnSegments.Contains(prefix.Split('/')[1], StringComparer.OrdinalIgnoreCase)
            ? prefix
            : null;
    }

    /// <summary>Returns a path of the service as clients see it, escaped.</summary>
    public static string PathTo(this HttpRequest request, PathString path) =>
        request.PathBase.Add(path).ToUriComponent();
}
