using System.Text.Json.Serialization;
using Auth.Application.Abstractions;

namespace Auth.Api.Discovery;

/// <summary>The public keys that verify access tokens (RFC 7517 §5).</summary>
/// <param name="Keys">The current and the next key, and retired keys whose tokens may still be valid.</param>
public sealed record KeySetResponse([property: JsonPropertyName("keys")] IReadOnlyList<PublicKeyResponse> Keys);

/// <summary>A public key (RFC 7517 §4). It has no private parameters.</summary>
public sealed record PublicKeyResponse
{
    /// <summary>The key type: <c>EC</c> or <c>RSA</c>.</summary>
    [JsonPropertyName("kty")]
    public required string KeyType { get; init; }

    /// <summary>The use of the key: <c>sig</c>.</summary>
    [JsonPropertyName("use")]
    public required string Use { get; init; }

    /// <summary>The algorithm that the key is used with.</summary>
    [JsonPropertyName("alg")]
    public required string Algorithm { get; init; }

    /// <summary>The key id.</summary>
    [JsonPropertyName("kid")]
    public required string Id { get; init; }

    /// <summary>The curve of an EC key.</summary>
    [JsonPropertyName("crv")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Curve { get; init; }

    /// <summary>The x coordinate of an EC key.</summary>
    [JsonPropertyName("x")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? X { get; init; }

    /// <summary>The y coordinate of an EC key.</summary>
    [JsonPropertyName("y")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Y { get; init; }

    /// <summary>The modulus of an RSA key.</summary>
    [JsonPropertyName("n")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Modulus { get; init; }

    /// <summary>The exponent of an RSA key.</summary>
    [JsonPropertyName("e")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Exponent { get; init; }

    /// <summary>Creates the response for a key.</summary>
    public static PublicKeyResponse From(PublishedKey key) =>
        new()
        {
            KeyType = key.KeyType,
            Use = "sig",
            Algorithm = key.Algorithm,
            Id = key.Id,
            Curve = key.Curve,
            X = key.X,
            Y = key.Y,
            Modulus = key.Modulus,
            Exponent = key.Exponent,
        };
}

/// <summary>The metadata that resource servers need (OpenID Connect Discovery 1.0 §3, RFC 8414 §2).</summary>
/// <param name="Issuer">The value of the claim <c>iss</c> of every token.</param>
/// <param name="KeySetAddress">The address of the key set.</param>
/// <param name="TokenAddress">The address where services get access tokens (RFC 6749 §4.4).</param>
/// <param name="IntrospectionAddress">The address where services check access tokens (RFC 7662).</param>
/// <param name="RevocationAddress">The address where tokens are revoked (RFC 7009).</param>
/// <param name="GrantTypes">The grant types of the token address.</param>
/// <param name="TokenAuthenticationMethods">How services authenticate there.</param>
/// <param name="IntrospectionAuthenticationMethods">How services authenticate to check tokens.</param>
/// <param name="RevocationAuthenticationMethods">Nobody has to authenticate to revoke a token.</param>
/// <param name="RevocationsAddress">The address of the revocations; absent if tokens are signed with a shared secret.</param>
/// <param name="ResponseTypes">
/// Required by the specification. This service has no authorization endpoint.
/// </param>
/// <param name="SubjectTypes">The claim <c>sub</c> is the same for every audience.</param>
/// <param name="SigningAlgorithms">The algorithms that tokens are signed with.</param>
public sealed record DiscoveryResponse(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("jwks_uri")] string KeySetAddress,
    [property: JsonPropertyName("token_endpoint")] string TokenAddress,
    [property: JsonPropertyName("introspection_endpoint")] string IntrospectionAddress,
    [property: JsonPropertyName("revocation_endpoint")] string RevocationAddress,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")]
        IReadOnlyList<string> TokenAuthenticationMethods,
    [property: JsonPropertyName("introspection_endpoint_auth_methods_supported")]
        IReadOnlyList<string> IntrospectionAuthenticationMethods,
    [property: JsonPropertyName("revocation_endpoint_auth_methods_supported")]
        IReadOnlyList<string> RevocationAuthenticationMethods,
    [property: JsonPropertyName("revocations_uri"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        string? RevocationsAddress,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
    [property: JsonPropertyName("subject_types_supported")] IReadOnlyList<string> SubjectTypes,
    [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> SigningAlgorithms
);
