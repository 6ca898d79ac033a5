using Auth.Infrastructure.Security.Keys;

namespace Auth.Infrastructure.Security;

/// <summary>What access tokens say and how they are signed.</summary>
public sealed class JwtOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Jwt";

    /// <summary>The longest time an access token may be set to live.</summary>
    public static readonly TimeSpan MaxAccessTokenLifetime = TimeSpan.FromHours(24);

    /// <summary>Who issues the tokens (claim <c>iss</c>).</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Whom they are for (claim <c>aud</c>).</summary>
    public string Audience { get; set; } = "";

    /// <summary>The algorithm that new keys are made for; one of <see cref="SigningAlgorithms"/>.</summary>
    public string Algorithm { get; set; } = SigningAlgorithms.ES256;

    /// <summary>The secret for HS256, 32 bytes of UTF-8 or more; unused otherwise.</summary>
    public string Secret { get; set; } = "";

    /// <summary>How long an access token lives; each one up to 5 % less.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public override string ToString() => nameof(JwtOptions);
}
