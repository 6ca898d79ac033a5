using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Auth.IntegrationTests.Keys;

/// <summary>Builds access tokens by hand.</summary>
internal static class ForgedAccessTokens
{
    /// <summary>The shared secret of services with HS256: with it, tokens of any content can be signed correctly.</summary>
    public const string Secret = "pZ4mC8vQ1sLr7yXw0bTnKe5uHd2gJa9fRi6oMx3kVtE=";

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>The text of a part of a token.</summary>
    public static string Decode(string token, int part) =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[part]));

    /// <summary>A token of a header and a payload with the signature over them.</summary>
    public static string Sign(string header, string payload, Func<byte[], byte[]> sign)
    {
        var input = $"{Encode(header)}.{Encode(payload)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public static string SignWithSecret(string header, string payload) =>
        Sign(header, payload, input => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), input));
}
