using System.Security.Cryptography;
using System.Text;

namespace Auth.Infrastructure.Security;

/// <summary>
/// The current master key and the previous ones. Keys for single purposes are derived from them with HKDF (RFC 5869), so
/// that none of them reveals anything about another.
/// </summary>
internal sealed class MasterKeys
{
    /// <summary>The minimum length of a master key, in bytes.</summary>
    public const int MinLength = 32;

    /// <summary>The length of key ids, in hexadecimal digits.</summary>
    public const int IdLength = 8;

    private readonly IReadOnlyList<byte[]> _masterKeys;

    /// <param name="masterKeys">The current master key first, then the previous ones.</param>
    public MasterKeys(IReadOnlyList<byte[]> masterKeys)
    {
        if (masterKeys.Count == 0)
        {
            throw new ArgumentException("There is no master key.", nameof(masterKeys));
        }

        _masterKeys = masterKeys;
        Ids = [.. masterKeys.Select(IdOf)];
    }

    /// <summary>The ids of the keys: the current one first, then the previous ones.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Derives the keys for a purpose: the current one first, then the previous ones.</summary>
    /// <param name="purpose">A unique label.</param>
    public IReadOnlyList<DerivedKey> Derive(string purpose) => [.. _masterKeys.Select(key => Derive(key, purpose))];

    private static DerivedKey Derive(byte[] masterKey, string purpose) =>
        new(IdOf(masterKey), Expand(masterKey, "auth " + purpose, 32));

    private static string IdOf(byte[] masterKey) =>
        Convert.ToHexStringLower(Expand(masterKey, "auth key id", IdLength / 2));

    private static byte[] Expand(byte[] masterKey, string info, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, length, salt: null, Encoding.ASCII.GetBytes(info));
}

/// <summary>A key for a single purpose.</summary>
/// <param name="Id">The id of its master key, 8 hexadecimal digits that reveal nothing about it.</param>
/// <param name="Bytes">256 secret bits.</param>
internal sealed record DerivedKey(string Id, byte[] Bytes)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(DerivedKey);
}
