using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>Computes thumbprints of public keys (RFC 7638): the SHA-256 of the required JWK members in order.</summary>
internal static class JwkThumbprint
{
    /// <summary>Computes the thumbprint of a P-256 key.</summary>
    public static string Compute(ECParameters key) =>
        Hash($$"""{"crv":"P-256","kty":"EC","x":"{{Encode(key.Q.X)}}","y":"{{Encode(key.Q.Y)}}"}""");

    /// <summary>Computes the thumbprint of an RSA key.</summary>
    public static string Compute(RSAParameters key) =>
        Hash($$"""{"e":"{{Encode(key.Exponent)}}","kty":"RSA","n":"{{Encode(key.Modulus)}}"}""");

    private static string Encode(byte[]? bytes) => Base64Url.EncodeToString(bytes);

    private static string Hash(string json) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(json)));
}
