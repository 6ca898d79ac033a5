namespace Auth.Api.Authentication;

/// <summary>The tokens of a request, each of which can be sent in several places.</summary>
internal static class SentTokens
{
    /// <summary>The token; null if it is absent. An empty string counts as absent, wherever it was sent.</summary>
    public static string? NullIfEmpty(this string? token) => string.IsNullOrEmpty(token) ? null : token;

    /// <summary>The tokens that are present, in order.</summary>
    public static IReadOnlyList<string> Present(params IEnumerable<string?> tokens) =>
        [.. tokens.Select(NullIfEmpty).OfType<string>()];
}
