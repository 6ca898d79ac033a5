using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Auth.Domain.ServiceAccounts;

/// <summary>
/// The secret of a service: <c>as_</c>, and the Base64url of 32 random bytes and a checksum. Prefix and checksum let scanners
/// find leaked secrets without asking us, and reject mistyped ones without a database query.
/// </summary>
public sealed class ClientSecret
{
    /// <summary>The prefix of all secrets.</summary>
    public const string Prefix = "as_";

    /// <summary>The length of a secret, in characters.</summary>
    public const int Length = 51;

    private const int RandomLength = 32;
    private const int ChecksumLength = 4;

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    private ClientSecret(string text) => Text = text;

    /// <summary>The secret in full.</summary>
    public string Text { get; }

    /// <summary>Creates a random secret.</summary>
    public static ClientSecret Create()
    {
        Span<byte> bytes = stackalloc byte[RandomLength + ChecksumLength];
        RandomNumberGenerator.Fill(bytes[..RandomLength]);
        ComputeChecksum(bytes[..RandomLength], bytes[RandomLength..]);
        return new(Prefix + Base64Url.EncodeToString(bytes));
    }

    /// <summary>Parses a secret.</summary>
    /// <returns>Whether the text has the right form and checksum.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ClientSecret? secret)
    {
        secret = null;
        Span<byte> bytes = stackalloc byte[RandomLength + ChecksumLength];
        Span<byte> checksum = stackalloc byte[ChecksumLength];
        if (
            text.Length != Length
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text.AsSpan(Prefix.Length).ContainsAnyExcept(s_alphabet)
            || !Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length), bytes, out _)
        )
        {
            return false;
        }

        ComputeChecksum(bytes[..RandomLength], checksum);
        if (!bytes[RandomLength..].SequenceEqual(checksum))
        {
            return false;
        }

        secret = new(text);
        return true;
    }

    /// <summary>
    /// Returns the hash that is stored. Nobody can guess 256 random bits, so that a fast hash without a salt reveals nothing.
    /// </summary>
    public byte[] ComputeHash() => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <inheritdoc/>
    public override string ToString() => nameof(ClientSecret);

    private static void ComputeChecksum(ReadOnlySpan<byte> random, Span<byte> checksum)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(random, hash);
        hash[..ChecksumLength].CopyTo(checksum);
    }
}
