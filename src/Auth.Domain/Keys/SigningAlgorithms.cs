namespace Auth.Domain.Keys;

/// <summary>The algorithms that access tokens can be signed with (RFC 7518 §3.1).</summary>
public static class SigningAlgorithms
{
    /// <summary>ECDSA over P-256: small and fast, the default.</summary>
    public const string ES256 = "ES256";

    /// <summary>RSA with PSS padding: the recommended RSA choice.</summary>
    public const string PS256 = "PS256";

    /// <summary>RSA with PKCS #1 v1.5 padding, for resource servers that support nothing else.</summary>
    public const string RS256 = "RS256";

    /// <summary>HMAC with a configured secret: every service that can verify can also sign.</summary>
    public const string HS256 = "HS256";

    /// <summary>All algorithms.</summary>
    public static IReadOnlyList<string> All { get; } = [ES256, PS256, RS256, HS256];
}
