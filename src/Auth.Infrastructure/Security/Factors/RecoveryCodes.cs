using System.Security.Cryptography;
using System.Text;
using Auth.Application.Abstractions;

namespace Auth.Infrastructure.Security.Factors;

/// <summary>
/// Recovery codes of 24 characters of Crockford's Base32. Their 120 random bits cannot be guessed, so that a keyed hash is
/// enough (ASVS V6.5.2), and they can be found by it.
/// </summary>
internal sealed class RecoveryCodes(MasterKeys masterKeys) : IRecoveryCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 24;
    private const int GroupLength = 6;
    private const int MasterKeyIdLength = 4;
    private const int HashLength = 32 - MasterKeyIdLength;

    private readonly IReadOnlyList<DerivedKey> _keys = masterKeys.Derive("recovery codes");

    /// <inheritdoc/>
    public NewRecoveryCode Create(Guid userId)
    {
        var text = RandomNumberGenerator.GetString(Alphabet, Length);
        var groups = text.Chunk(GroupLength).Select(group => new string(group));
        return new(string.Join('-', groups), Hash(_keys[0], userId, text));
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> HashesOf(Guid userId, string text) =>
        Normalize(text) is { } code ? [.. _keys.Select(key => Hash(key, userId, code))] : [];

    /// <summary>Returns the id of the master key that a stored hash was computed with.</summary>
    public static string MasterKeyIdOf(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, MasterKeyIdLength));

    private static string? Normalize(string text)
    {
        var code = new StringBuilder(Length);
        foreach (var character in text)
        {
            if (character == '-' || char.IsWhiteSpace(character))
            {
                continue;
            }

            var read = char.ToUpperInvariant(character) switch
            {
                'I' or 'L' => '1',
                'O' => '0',
                var other => other,
            };
            if (code.Length == Length || !Alphabet.Contains(read, StringComparison.Ordinal))
            {
                return null;
            }

            code.Append(read);
        }

        return code.Length == Length ? code.ToString() : null;
    }

    // The id of the master key, so that it is known when a previous one is no longer needed, and 224 bits of the hash.
    private static byte[] Hash(DerivedKey key, Guid userId, string code)
    {
        byte[] data = [.. userId.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(code)];
        return [.. Convert.FromHexString(key.Id), .. HMACSHA256.HashData(key.Bytes, data).AsSpan(0, HashLength)];
    }
}
