namespace Auth.Api.Importing;

/// <summary>Builds display names.</summary>
internal static class Names
{
    /// <summary>Joins first and last name; null if there is neither.</summary>
    public static string? Join(string? first, string? last) =>
        string.Join(' ', new[] { first, last }.OfType<string>()) is { Length: > 0 } name ? name : null;
}
