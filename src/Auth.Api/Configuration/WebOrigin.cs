namespace Auth.Api.Configuration;

/// <summary>
/// Origins as browsers serialize them: scheme, host and port of a page (RFC 6454). Apps in a web view have schemes of their
/// own, such as <c>capacitor://localhost</c>.
/// </summary>
internal static class WebOrigin
{
    /// <summary>Returns the normalized origin; null if the text is not an origin.</summary>
    public static string? Normalize(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme != Uri.UriSchemeFile
        && uri.Host.Length > 0
        && uri.PathAndQuery is ("/" or "")
        && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0
        && !text.EndsWith('/')
        && !text.Contains('*', StringComparison.Ordinal)
            ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : null;
}
