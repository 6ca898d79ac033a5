namespace Auth.Infrastructure.Security.Tokens;

/// <summary>The names of the claims of access tokens (RFC 7519 §4.1, RFC 9068 §2.2).</summary>
public static class AccessTokenClaims
{
    /// <summary>The user's id.</summary>
    public const string Subject = "sub";

    /// <summary>The service account's id, which is also the subject; absent from tokens of users.</summary>
    public const string ClientId = "client_id";

    /// <summary>The session's id.</summary>
    public const string SessionId = "sid";

    /// <summary>The token's id.</summary>
    public const string JwtId = "jti";

    /// <summary>The user's token version.</summary>
    public const string TokenVersion = "ver";

    /// <summary>When the user last authenticated, in Unix seconds.</summary>
    public const string AuthenticatedAt = "auth_time";

    /// <summary>How strongly the user authenticated (RFC 9470).</summary>
    public const string AuthenticationContext = "acr";

    /// <summary>An authentication method; one claim for each (RFC 8176).</summary>
    public const string AuthenticationMethod = "amr";

    /// <summary>The name of a role; one claim for each.</summary>
    public const string Role = "roles";

    /// <summary>The name of a permission; one claim for each.</summary>
    public const string Permission = "permissions";

    /// <summary>When the token was issued, in Unix seconds.</summary>
    public const string IssuedAt = "iat";

    /// <summary>When the token expires, in Unix seconds.</summary>
    public const string ExpiresAt = "exp";
}
