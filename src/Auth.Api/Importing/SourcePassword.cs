using System.Globalization;

namespace Auth.Api.Importing;

/// <summary>The stored form of a password in the text form that is verified here, or why there is none.</summary>
internal sealed record SourcePassword
{
    private static readonly string[] s_pbkdf2Digests = ["sha1", "sha256", "sha512"];

    private SourcePassword() { }

    /// <summary>The file has none for this user.</summary>
    public static SourcePassword None { get; } = new() { MissingReason = "the file has none" };

    public string? Hash { get; private init; }

    public string? MissingReason { get; private init; }

    /// <summary>A hash that is verified as it is.</summary>
    public static SourcePassword From(string hash) => new() { Hash = hash };

    /// <summary>A hash of a kind that cannot be verified.</summary>
    /// <param name="kind">The kind, as it is known.</param>
    public static SourcePassword Unsupported(string kind) =>
        new() { MissingReason = $"{Printable(kind)} hashes are not supported" };

    /// <summary>A hash of bcrypt, or of another kind that has a name in front: <c>$argon2id$…</c>.</summary>
    public static SourcePassword FromModularText(string? hash) =>
        string.IsNullOrEmpty(hash) ? None
        : hash.StartsWith("$2", StringComparison.Ordinal) ? From(hash)
        : hash.Split('$') is ["", var kind, _, ..] ? Unsupported(kind)
        : Unsupported("unknown");

    /// <summary>A key that PBKDF2 has derived.</summary>
    /// <param name="digest"><c>sha256</c>.</param>
    /// <param name="iterations">The number of iterations.</param>
    /// <param name="salt">In Base64.</param>
    /// <param name="key">In Base64.</param>
    public static SourcePassword FromPbkdf2(string digest, string iterations, string salt, string key) =>
        s_pbkdf2Digests.Contains(digest)
            ? From(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"$pbkdf2-{digest}$i={iterations}${salt.TrimEnd('=')}${key.TrimEnd('=')}"
                )
            )
            : Unsupported($"pbkdf2-{digest}");

    /// <summary>A key that PBKDF2 has derived, in the PHC string format.</summary>
    public static SourcePassword FromPbkdf2Text(string hash) =>
        hash.Split('$') is ["", ['p', 'b', 'k', 'd', 'f', '2', '-', .. var digest], _, ..]
        && !s_pbkdf2Digests.Contains(digest)
            ? Unsupported($"pbkdf2-{digest}")
            : From(hash);

    public override string ToString() => nameof(SourcePassword);

    // It comes from the file and goes to a terminal.
    private static string Printable(string kind) =>
        kind.Length is > 0 and <= 32 && kind.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/')
            ? kind
            : "unknown";
}
