using System.Text.Json;
using System.Text.Json.Serialization;

namespace Auth.Bearer;

/// <summary>How documents of the issuer are read.</summary>
internal static class IssuerDocuments
{
    /// <summary>A member that occurs twice is an error: parsers disagree about which one counts (RFC 8725 §3.7).</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}

/// <summary>What is needed of the discovery document (RFC 8414 §2).</summary>
internal sealed record DiscoveryData(
    [property: JsonPropertyName("issuer")] string? Issuer = null,
    [property: JsonPropertyName("jwks_uri")] Uri? KeySetAddress = null,
    [property: JsonPropertyName("revocations_uri")] Uri? RevocationsAddress = null
);

/// <summary>A key set (RFC 7517 §5).</summary>
internal sealed record KeySetData([property: JsonPropertyName("keys")] IReadOnlyList<JsonWebKeyData>? Keys = null);

/// <summary>A public key (RFC 7517 §4).</summary>
internal sealed record JsonWebKeyData(
    [property: JsonPropertyName("kty")] string? KeyType = null,
    [property: JsonPropertyName("use")] string? Use = null,
    [property: JsonPropertyName("alg")] string? Algorithm = null,
    [property: JsonPropertyName("kid")] string? Id = null,
    [property: JsonPropertyName("crv")] string? Curve = null,
    [property: JsonPropertyName("x")] string? X = null,
    [property: JsonPropertyName("y")] string? Y = null,
    [property: JsonPropertyName("n")] string? Modulus = null,
    [property: JsonPropertyName("e")] string? Exponent = null
);

/// <summary>The payload of a list of revocations.</summary>
internal sealed record RevocationsData(
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("exp")] long ExpiresAt,
    [property: JsonPropertyName("cursor")] string Cursor,
    [property: JsonPropertyName("full")] bool IsFull,
    [property: JsonPropertyName("events")] IReadOnlyList<RevocationData> Events
);

/// <summary>A revocation.</summary>
internal sealed record RevocationData(
    [property: JsonPropertyName("t")] string Type,
    [property: JsonPropertyName("exp")] long ExpiresAt,
    [property: JsonPropertyName("h")] string? Subject = null,
    [property: JsonPropertyName("ver")] long? Version = null,
    [property: JsonPropertyName("iat")] long? IssuedUntil = null
);
