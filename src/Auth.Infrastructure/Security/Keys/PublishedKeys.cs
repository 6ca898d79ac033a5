using System.Buffers.Text;
using System.Security.Cryptography;
using Auth.Application.Abstractions;

namespace Auth.Infrastructure.Security.Keys;

internal sealed class PublishedKeys : IPublishedKeys
{
    private static readonly TimeSpan s_longestCaching = TimeSpan.FromMinutes(5);

    private readonly SigningKeyRing _keys;
    private readonly JwtOptions _jwt;
    private readonly TimeProvider _clock;

    public PublishedKeys(SigningKeyRing keys, JwtOptions jwt, KeyOptions options, TimeProvider clock)
    {
        (_keys, _jwt, _clock) = (keys, jwt, clock);

        // Far below the announce period, so that a verifier behind a cache learns of a key before it signs. Short in any
        // case: in an emergency, caches must not hide the new key.
        var share = options.AnnouncePeriod / 48;
        MaxAge = share < s_longestCaching ? share : s_longestCaching;
    }

    public string Issuer => _jwt.Issuer;

    public TimeSpan MaxAge { get; }

    public IReadOnlyList<PublishedKey> List() => _keys.ListPublished(_clock.GetUtcNow());

    public IReadOnlyList<string> ListAlgorithms()
    {
        var published = List().Select(key => key.Algorithm).Distinct(StringComparer.Ordinal).ToList();
        return published.Count > 0 ? published : [_jwt.Algorithm];
    }

    /// <summary>Returns the public part of a key pair.</summary>
    internal static PublishedKey Publish(string id, string algorithm, AsymmetricAlgorithm pair)
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
