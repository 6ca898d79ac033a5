namespace Auth.Api.Importing;

/// <summary>Display names from what other systems know.</summary>
internal static class Names
{
    /// <summary>First and last name together; null if there is neither.</summary>
    public static string? Join(string? first, string? last) =>
        string.Join(' ', new[] { first, last }.OfType<string>()) is { Length: > 0 } name ? name : null;
}
