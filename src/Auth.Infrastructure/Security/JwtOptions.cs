using Auth.Domain.Keys;

namespace Auth.Infrastructure.Security;

/// <summary>The contents and the signature of access tokens.</summary>
public sealed class JwtOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Jwt";

    /// <summary>The longest lifetime that can be configured.</summary>
    public static readonly TimeSpan MaxAccessTokenLifetime = TimeSpan.FromHours(24);

    /// <summary>The issuer of the tokens (claim <c>iss</c>).</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The audience of the tokens (claim <c>aud</c>).</summary>
    public string Audience { get; set; } = "";

    /// <summary>The algorithm of new keys; one of <see cref="SigningAlgorithms"/>.</summary>
    public string Algorithm { get; set; } = SigningAlgorithms.ES256;

    /// <summary>The secret for HS256, 32 bytes of UTF-8 or more; unused otherwise.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The lifetime of access tokens; each one is up to 5 % shorter.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public override string ToString() => nameof(JwtOptions);
}
