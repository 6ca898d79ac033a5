using System.Diagnostics.CodeAnalysis;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// The forms of stored hashes. All but <see cref="Keyed"/> are only verified, and replaced after a successful sign-in.
/// </summary>
internal enum StoredHashForm
{
    /// <summary>
    /// Ours, <c>$bcrypt-hmac-sha384$k=0a1b2c3d$2b$12$…</c>: bcrypt of the Base64 text of HMAC-SHA-384 of the password;
    /// <c>k</c> is the id of the key.
    /// </summary>
    Keyed,

    /// <summary>
    /// BCrypt.Net-Next "enhanced", <c>$bcrypt-sha384$2a$11$…</c>: bcrypt of the Base64 text of SHA-384 of the password. Its own
    /// text looks like plain bcrypt, so the import has to prefix it.
    /// </summary>
    Sha384,

    /// <summary>
    /// Django's <c>bcrypt_sha256</c>, <c>$bcrypt-sha256-hex$2b$12$…</c>: bcrypt of SHA-256 of the password in hexadecimal.
    /// </summary>
    Sha256Hex,

    /// <summary>
    /// <c>$2a$10$…</c>, <c>$2b$</c>, <c>$2y$</c>: bcrypt of the password itself. Passwords of more than 72 bytes or with a NUL
    /// never match: bcrypt would truncate them.
    /// </summary>
    Plain,

    /// <summary>
    /// <c>$pbkdf2-sha256$i=600000$…$…</c> (<see cref="Pbkdf2Hash"/>), or the Base64 of ASP.NET Core Identity
    /// (<see cref="IdentityHash"/>).
    /// </summary>
    Pbkdf2,
}

/// <summary>A password hash as it is stored.</summary>
internal sealed class StoredHash
{
    /// <summary>The prefix of our hashes, followed by the id of the master key.</summary>
    public const string KeyedPrefix = "$bcrypt-hmac-sha384$k=";

    private const string Sha384Prefix = "$bcrypt-sha384";
    private const string Sha256HexPrefix = "$bcrypt-sha256-hex";
    private const string Pbkdf2Prefix = "$pbkdf2-";

    private StoredHash(StoredHashForm form, BcryptHash bcrypt, string keyId = "") =>
        (Form, Bcrypt, KeyId) = (form, bcrypt, keyId);

    private StoredHash(Pbkdf2Hash pbkdf2) => (Form, Pbkdf2) = (StoredHashForm.Pbkdf2, pbkdf2);

    public StoredHashForm Form { get; }

    /// <summary>The bcrypt hash; null only if the form is PBKDF2.</summary>
    public BcryptHash? Bcrypt { get; }

    /// <summary>The PBKDF2 hash; null for all other forms.</summary>
    public Pbkdf2Hash? Pbkdf2 { get; }

    /// <summary>The id of the master key of our form; otherwise empty.</summary>
    public string KeyId { get; } = "";

    /// <summary>Parses a stored hash.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxCost">The highest bcrypt cost to accept.</param>
    /// <param name="hash">Null if the text is damaged, or too costly to compute.</param>
    public static bool TryParse(string text, int maxCost, [NotNullWhen(true)] out StoredHash? hash)
    {
        hash = Parse(text, maxCost);
        return hash is not null;
    }

    public override string ToString() => nameof(StoredHash);

    private static StoredHash? Parse(string text, int maxCost)
    {
        if (text.StartsWith(KeyedPrefix, StringComparison.Ordinal))
        {
            var keyed = text.AsSpan(KeyedPrefix.Length);
            return keyed.Length > MasterKeys.IdLength
                ? FromBcrypt(
                    StoredHashForm.Keyed,
                    keyed[MasterKeys.IdLength..],
                    keyed[..MasterKeys.IdLength].ToString()
                )
                : null;
        }

        if (text.StartsWith(Sha384Prefix, StringComparison.Ordinal))
        {
            return FromBcrypt(StoredHashForm.Sha384, text.AsSpan(Sha384Prefix.Length));
        }

        if (text.StartsWith(Sha256HexPrefix, StringComparison.Ordinal))
        {
            return FromBcrypt(StoredHashForm.Sha256Hex, text.AsSpan(Sha256HexPrefix.Length));
        }

        var isPbkdf2 = text.StartsWith(Pbkdf2Prefix, StringComparison.Ordinal)
            ? Pbkdf2Hash.TryParse(text, out var pbkdf2)
            : IdentityHash.TryParse(text, out pbkdf2);
        return isPbkdf2 ? new(pbkdf2!) : FromBcrypt(StoredHashForm.Plain, text);

        StoredHash? FromBcrypt(StoredHashForm form, ReadOnlySpan<char> bcrypt, string keyId = "") =>
            BcryptHash.TryParse(bcrypt, out var parsed) && parsed.Cost <= maxCost ? new(form, parsed, keyId) : null;
    }
}
