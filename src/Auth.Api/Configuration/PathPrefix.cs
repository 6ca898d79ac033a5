using System.Buffers;

namespace Auth.Api.Configuration;

/// <summary>
/// The prefix under which a proxy serves the service, for example <c>/auth</c>. It is part of cookie paths, Location headers
/// and the OpenAPI document; for routing it is the path base.
/// </summary>
internal static class PathPrefix
{
    /// <summary>The maximum length, in characters.</summary>
    public const int MaxLength = 100;

    // Characters that need no escaping in URLs, headers or cookie paths. No dots, so there are no dot segments.
    private static readonly SearchValues<char> s_allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~/"
    );

    /// <summary>
    /// The first segments of the service's own paths, except those with a dot. A prefix must not start with one of them:
    /// whether the proxy has stripped it would be ambiguous.
    /// </summary>
    public static IReadOnlyList<string> OwnSegments { get; } = ["account", "api", "health", "oauth", "swagger"];

    /// <summary>Normalizes a prefix by removing a trailing slash; null if it is invalid.</summary>
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

    /// <summary>Returns the escaped path of the service as clients see it.</summary>
    public static string PathTo(this HttpRequest request, PathString path) =>
        request.PathBase.Add(path).ToUriComponent();
}
