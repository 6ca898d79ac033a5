using System.Globalization;

namespace Auth.Api.Importing;

/// <summary>A password hash in our text form, or the reason why there is none.</summary>
internal sealed record SourcePassword
{
    private const string IdentityVersion3Prefix = "AQAAAA"; // Base64 of 1 and the number of a digest, big-endian
    private const int IdentityVersion2Length = 1 + 16 + 32;

    private static readonly string[] s_pbkdf2Digests = ["sha1", "sha256", "sha512"];

    private static readonly string[] s_supportedPrefixes =
    [
        "$2a$",
        "$2b$",
        "$2y$",
        "$bcrypt-sha384$",
        "$bcrypt-sha256-hex$",
        "$bcrypt-hmac-sha384$",
        .. s_pbkdf2Digests.Select(digest => $"$pbkdf2-{digest}$"),
    ];

    private SourcePassword() { }

    /// <summary>The file contains no password for the user.</summary>
    public static SourcePassword None { get; } = new() { MissingReason = "the file contains none" };

    public string? Hash { get; private init; }

    public string? MissingReason { get; private init; }

    /// <summary>Creates a password from a hash of a supported kind in our text form; if it is malformed, the user is rejected.</summary>
    public static SourcePassword From(string hash) => new() { Hash = hash };

    /// <summary>Creates a missing password, because its kind of hash cannot be verified.</summary>
    /// <param name="kind">The name of the kind.</param>
    public static SourcePassword Unsupported(string kind) =>
        new() { MissingReason = $"{Printable(kind)} hashes are not supported" };

    /// <summary>Creates a password from a hash of any kind, supported or not.</summary>
    public static SourcePassword FromText(string? hash) =>
        string.IsNullOrEmpty(hash) ? None
        : IsSupported(hash) ? From(hash)
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

    // Judges only the kind: whether the hash is well-formed is decided when the user is imported.
    private static bool IsSupported(string hash) =>
        s_supportedPrefixes.Any(prefix => hash.StartsWith(prefix, StringComparison.Ordinal))
        || hash.StartsWith(IdentityVersion3Prefix, StringComparison.Ordinal)
        || IsIdentityVersion2(hash);

    private static bool IsIdentityVersion2(string hash)
    {
        var bytes = new byte[IdentityVersion2Length];
        return Convert.TryFromBase64String(hash, bytes, out var length)
            && length == IdentityVersion2Length
            && bytes[0] == 0;
    }

    // Untrusted text from the file is shown on a terminal.
    private static string Printable(string kind) =>
        kind.Length is > 0 and <= 32 && kind.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/')
            ? kind
            : "unknown";
}
