using System.Buffers.Text;
using System.Security.Cryptography;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>A public key as it is published (RFC 7517 §4, RFC 7518 §6). There is no member for a private part.</summary>
/// <param name="Id">The key id.</param>
/// <param name="Algorithm">The one algorithm it is for.</param>
public sealed record PublishedKey(string Id, string Algorithm)
{
    /// <summary>The kind of key: <c>EC</c> or <c>RSA</c>.</summary>
    public required string KeyType { get; init; }

    /// <summary>The curve of an EC key.</summary>
    public string? Curve { get; init; }

    /// <summary>The point of an EC key, each coordinate at full length.</summary>
    public string? X { get; init; }

    /// <inheritdoc cref="X"/>
    public string? Y { get; init; }

    /// <summary>The modulus of an RSA key.</summary>
    public string? Modulus { get; init; }

    /// <summary>The exponent of an RSA key.</summary>
    public string? Exponent { get; init; }

    /// <summary>Publishes the public part of a key pair.</summary>
    internal static PublishedKey Of(string id, string algorithm, AsymmetricAlgorithm pair)
    {
        if (pair is ECDsa ecdsa)
        {
            var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
            return new(id, algorithm)
            {
                KeyType = "EC",
                Curve = "P-256",
                X = Base64Url.EncodeToString(point.X),
                Y = Base64Url.EncodeToString(point.Y),
            };
        }

        var key = ((RSA)pair).ExportParameters(includePrivateParameters: false);
        return new(id, algorithm)
        {
            KeyType = "RSA",
            Modulus = Base64Url.EncodeToString(key.Modulus),
            Exponent = Base64Url.EncodeToString(key.Exponent),
        };
    }
}
