using System.Globalization;
using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Bearer;

/// <summary>The claims of a genuine access token (RFC 9068 §2.2).</summary>
internal sealed class AccessToken : SecurityToken
{
    public required Guid Subject { get; init; }

    public required Guid SessionId { get; init; }

    public required string KeyId { get; init; }

    public required long IssuedAt { get; init; }

    public required long ExpiresAt { get; init; }

    public required long Version { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<string> Permissions { get; init; }

    public required IReadOnlyList<string> Methods { get; init; }

    public string? ClientId { get; init; }

    public long? AuthenticatedAt { get; init; }

    public string? AuthenticationContext { get; init; }

    public string? JwtId { get; init; }

    public override string Id => JwtId ?? "";

    public override string Issuer { get; } = "";

    public override SecurityKey? SecurityKey => null;

    public override SecurityKey? SigningKey
    {
        get => null;
        set => throw new NotSupportedException();
    }

    public override DateTime ValidFrom => DateTimeOffset.FromUnixTimeSeconds(IssuedAt).UtcDateTime;

    public override DateTime ValidTo => DateTimeOffset.FromUnixTimeSeconds(ExpiresAt).UtcDateTime;

    /// <inheritdoc/>
    public override string ToString() => nameof(AccessToken);

    // Only claims that are known: types are compared without case, so another one could pass for a role.
    public ClaimsIdentity ToIdentity(string issuer)
    {
        var identity = new ClaimsIdentity("Bearer", "sub", "roles");
        Add("sub", Subject.ToString("D"));
        Add("sid", SessionId.ToString("D"));
        Add("client_id", ClientId);
        Add("jti", JwtId);
        Add("acr", AuthenticationContext);
        AddNumber("iat", IssuedAt);
        AddNumber("exp", ExpiresAt);
        AddNumber("auth_time", AuthenticatedAt);
        AddAll("amr", Methods);
        AddAll("roles", Roles);
        AddAll("permissions", Permissions);
        return identity;

        void Add(string type, string? value, string valueType = ClaimValueTypes.String)
        {
            if (value is not null)
            {
                identity.AddClaim(new(type, value, valueType, issuer, issuer, identity));
            }
        }

        void AddNumber(string type, long? value) =>
            Add(type, value?.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64);

        void AddAll(string type, IReadOnlyList<string> values)
        {
            foreach (var value in values)
            {
                Add(type, value);
            }
        }
    }
}
