namespace Auth.Application.Abstractions;

/// <summary>The public signing keys, for services that verify access tokens.</summary>
public interface IPublishedKeys
{
    /// <summary>The issuer of the tokens: the address of this service.</summary>
    string Issuer { get; }

    /// <summary>How long a copy of the set may be cached.</summary>
    TimeSpan MaxAge { get; }

    /// <summary>Lists the public keys: current, next, and those whose tokens may still be valid. None for a shared secret.</summary>
    IReadOnlyList<PublishedKey> List();

    /// <summary>Lists the algorithms that tokens may be signed with.</summary>
    IReadOnlyList<string> ListAlgorithms();
}

/// <summary>A public key as it is published (RFC 7517 §4, RFC 7518 §6). It has no private parameters.</summary>
/// <param name="Id">The key id.</param>
/// <param name="Algorithm">The only algorithm the key may be used with.</param>
public sealed record PublishedKey(string Id, string Algorithm)
{
    /// <summary>The key type: <c>EC</c> or <c>RSA</c>.</summary>
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
}
