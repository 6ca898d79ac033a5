namespace Auth.Api.Hosting;

/// <summary>Origins as browsers write them: scheme, host and port of a page (RFC 6454).</summary>
internal static class WebOrigin
{
    /// <summary>Writes an origin in the one form in which origins are compared; null if the text is none.</summary>
    public static string? Normalize(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.PathAndQuery == "/"
        && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0
        && !text.EndsWith('/')
        && !text.Contains('*', StringComparison.Ordinal)
            ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : null;
}
