using System.Globalization;

namespace Auth.Api.Importing;

/// <summary>A password hash in our text form, or the reason why there is none.</summary>
internal sealed record SourcePassword
{
    private static readonly string[] s_pbkdf2Digests = ["sha1", "sha256", "sha512"];

    private SourcePassword() { }

    /// <summary>The file contains no password for the user.</summary>
    public static SourcePassword None { get; } = new() { MissingReason = "the file contains none" };

    public string? Hash { get; private init; }

    public string? MissingReason { get; private init; }

    /// <summary>Creates a password from a hash in our text form.</summary>
    public static SourcePassword From(string hash) => new() { Hash = hash };

    /// <summary>Creates a missing password, because its kind of hash cannot be verified.</summary>
    /// <param name="kind">The name of the kind.</param>
    public static SourcePassword Unsupported(string kind) =>
        new() { MissingReason = $"{Printable(kind)} hashes are not supported" };

    /// <summary>Creates a password from bcrypt, or from any hash that starts with its kind: <c>$argon2id$…</c>.</summary>
    public static SourcePassword FromModularText(string? hash) =>
        string.IsNullOrEmpty(hash) ? None
        : hash.StartsWith("$2", StringComparison.Ordinal) ? From(hash)
        : hash.Split('$') is ["", var kind, _, ..] ? Unsupported(kind)
        : Unsupported("unknown");

    /// <summary>Creates a password from a PBKDF2 key.</summary>
    /// <param name="digest">The digest, for example <c>sha256</c>.</param>
    /// <param name="iterations">The number of iterations.</param>
    /// <param name="salt">The salt in Base64.</param>
    /// <param name="key">The key in Base64.</param>
    public static SourcePassword FromPbkdf2(string digest, string iterations, string salt, string key) =>
        s_pbkdf2Digests.Contains(digest)
            ? From(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"$pbkdf2-{digest}$i={iterations}${salt.TrimEnd('=')}${key.TrimEnd('=')}"
                )
            )
            : Unsupported($"pbkdf2-{digest}");

    /// <summary>Creates a password from a PBKDF2 key in the PHC string format.</summary>
    public static SourcePassword FromPbkdf2Text(string hash) =>
        hash.Split('$') is ["", ['p', 'b', 'k', 'd', 'f', '2', '-', .. var digest], _, ..]
        && !s_pbkdf2Digests.Contains(digest)
            ? Unsupported($"pbkdf2-{digest}")
            : From(hash);

    public override string ToString() => nameof(SourcePassword);

    // Untrusted text from the file is shown on a terminal.
    private static string Printable(string kind) =>
        kind.Length is > 0 and <= 32 && kind.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/')
            ? kind
            : "unknown";
}
