using System.Text.Json.Serialization;
using Auth.Api.Mvc;
using Auth.Application.Abstractions;
using Auth.Application.OAuth;

namespace Auth.Api.OAuth;

/// <summary>A request for an access token (RFC 6749 §4.4.2).</summary>
public sealed record TokenRequest : IFormRequest
{
    /// <summary>Always <c>client_credentials</c>.</summary>
    [JsonPropertyName("grant_type")]
    public string? GrantType { get; init; }

    /// <summary>The permissions to limit the token to, separated by spaces; absent for all that the service has.</summary>
    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    /// <summary>The id of the service account, unless it is in the header <c>Authorization</c>.</summary>
    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    /// <summary>A secret of the service account, unless it is in the header <c>Authorization</c>.</summary>
    [JsonPropertyName("client_secret")]
    public string? ClientSecret { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(TokenRequest);
}

/// <summary>A question about a token (RFC 7662 §2.1).</summary>
public sealed record IntrospectionRequest : IFormRequest
{
    /// <summary>The access token.</summary>
    [JsonPropertyName("token")]
    public string? Token { get; init; }

    /// <summary>Ignored: access tokens are recognized without it.</summary>
    [JsonPropertyName("token_type_hint")]
    public string? TokenTypeHint { get; init; }

    /// <summary>The id of the service account that asks, unless it is in the header <c>Authorization</c>.</summary>
    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    /// <summary>A secret of the service account that asks, unless it is in the header <c>Authorization</c>.</summary>
    [JsonPropertyName("client_secret")]
    public string? ClientSecret { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(IntrospectionRequest);
}

/// <summary>A token that is no longer needed (RFC 7009 §2.1).</summary>
public sealed record RevocationRequest : IFormRequest
{
    /// <summary>A refresh token or an access token.</summary>
    [JsonPropertyName("token")]
    public string? Token { get; init; }

    /// <summary>Ignored: both kinds are recognized without it.</summary>
    [JsonPropertyName("token_type_hint")]
    public string? TokenTypeHint { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RevocationRequest);
}

/// <summary>An access token of a service (RFC 6749 §5.1).</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">The lifetime in seconds.</param>
/// <param name="Scope">The permissions in the token, separated by spaces.</param>
public sealed record TokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("scope")] string Scope
)
{
    /// <summary>Creates the response for a token.</summary>
    public static TokenResponse From(ServiceAccessToken token) =>
        new(
            token.AccessToken.Value,
            "Bearer",
            (int)token.AccessToken.Lifetime.TotalSeconds,
            string.Join(' ', token.Permissions)
        );

    /// <inheritdoc/>
    public override string ToString() => nameof(TokenResponse);
}

/// <summary>Whether a token is valid, and its claims if it is (RFC 7662 §2.2).</summary>
public sealed record IntrospectionResponse
{
    /// <summary>Whether the token is a valid access token. If not, there is nothing else.</summary>
    [JsonPropertyName("active")]
    public required bool Active { get; init; }

    /// <summary>Always <c>Bearer</c>.</summary>
    [JsonPropertyName("token_type")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenType { get; init; }

    /// <summary>The permissions, separated by spaces.</summary>
    [JsonPropertyName("scope")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scope { get; init; }

    /// <summary>The id of the service account; absent from tokens of users.</summary>
    [JsonPropertyName("client_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ClientId { get; init; }

    /// <summary>The id of the user or the service account.</summary>
    [JsonPropertyName("sub")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Subject { get; init; }

    /// <summary>The id of the session.</summary>
    [JsonPropertyName("sid")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? SessionId { get; init; }

    /// <summary>The roles.</summary>
    [JsonPropertyName("roles")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The issuer.</summary>
    [JsonPropertyName("iss")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Issuer { get; init; }

    /// <summary>The audience.</summary>
    [JsonPropertyName("aud")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Audience { get; init; }

    /// <summary>The id of the token.</summary>
    [JsonPropertyName("jti")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JwtId { get; init; }

    /// <summary>When the token was issued, in Unix seconds.</summary>
    [JsonPropertyName("iat")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? IssuedAt { get; init; }

    /// <summary>When the token expires, in Unix seconds.</summary>
    [JsonPropertyName("exp")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ExpiresAt { get; init; }

    /// <summary>Creates the response for a token.</summary>
    public static IntrospectionResponse From(TokenIntrospection introspection) =>
        introspection.Token is { } token ? From(token) : new() { Active = false };

    private static IntrospectionResponse From(InspectedToken token) =>
        new()
        {
            Active = true,
            TokenType = "Bearer",
            Scope = string.Join(' ', token.Permissions),
            ClientId = token.IsService ? token.SubjectId : null,
            Subject = token.SubjectId,
            SessionId = token.SessionId,
            Roles = token.Roles,
            Issuer = token.Issuer,
            Audience = token.Audience,
            JwtId = token.JwtId,
            IssuedAt = token.IssuedAt.ToUnixTimeSeconds(),
            ExpiresAt = token.ExpiresAt.ToUnixTimeSeconds(),
        };
}
