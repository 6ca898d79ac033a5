namespace Auth.Api.Importing;

/// <summary>Builds display names.</summary>
internal static class Names
{
    /// <summary>Joins first and last name; null if there is neither.</summary>
    public static string? Join(string? first, string? last) => Join(new[] { first, last }.OfType<string>());

    /// <summary>Replaces line breaks and other control characters, which display names must not contain, with spaces.</summary>
    public static string? Clean(string? name) =>
        name?.Any(char.IsControl) != true
            ? name
            : Join(
                string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            );

    private static string? Join(IEnumerable<string> parts) =>
        string.Join(' ', parts) is { Length: > 0 } name ? name : null;
}
