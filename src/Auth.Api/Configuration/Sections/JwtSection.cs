using System.Text;
using Auth.Infrastructure.Security;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads what access tokens say.</summary>
internal static class JwtSection
{
    private const string IssuerKey = $"{JwtOptions.Section}:Issuer";
    private const string SecretKey = $"{JwtOptions.Section}:Secret";

    private static readonly string[] s_anyHost = ["*", "+", "0.0.0.0", "[::]"];

    /// <summary>Reads the section <c>Jwt</c>.</summary>
    public static JwtOptions Read(SettingValues values)
    {
        var jwt = new JwtOptions
        {
            Issuer = RequiredOutsideDevelopment(values, IssuerKey, DevelopmentAddress(values)),
            Audience = RequiredOutsideDevelopment(values, $"{JwtOptions.Section}:Audience", "auth"),
            Algorithm = values.Choice($"{JwtOptions.Section}:Algorithm", "ES256", "ES256", "RS256", "PS256", "HS256"),
            Secret = values.Secret(SecretKey) ?? "",
            AccessTokenLifetime = values.Duration(
                $"{JwtOptions.Section}:AccessTokenLifetime",
                TimeSpan.FromMinutes(15),
                SettingValues.Second,
                TimeSpan.FromHours(24)
            ),
        };
        if (jwt.Issuer.Length > 0)
        {
            CheckIssuer(values, jwt.Issuer);
        }

        if (
            PathBase(values) is { Length: > 0 } prefix
            && !jwt.Issuer.TrimEnd('/').EndsWith(prefix, StringComparison.Ordinal)
        )
        {
            values.Warn(
                IssuerKey,
                $"does not end with Hosting:PathBase ({prefix}), so services look for the public keys outside of it."
            );
        }

        if (jwt.Algorithm == "HS256")
        {
            CheckSecret(values, Encoding.UTF8.GetBytes(jwt.Secret));
        }

        return jwt;
    }

    // Where a developer's service listens, so that the address in its tokens and in discovery can be called.
    private static string DevelopmentAddress(SettingValues values)
    {
        var port = values.Text("http_ports")?.Split(';')[0].Trim() ?? "5000";
        var url = values.Text("urls")?.Split(';')[0].Trim().TrimEnd('/') ?? $"http://localhost:{port}";
        foreach (var anyHost in s_anyHost)
        {
            url = url.Replace($"://{anyHost}:", "://localhost:", StringComparison.Ordinal);
        }

        return url + PathBase(values);
    }

    private static string PathBase(SettingValues values) => PathPrefix.Normalize(values.Text("Hosting:PathBase")) ?? "";

    private static void CheckIssuer(SettingValues values, string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var issuer)
            || (issuer.Scheme != Uri.UriSchemeHttp && issuer.Scheme != Uri.UriSchemeHttps)
            || issuer.Query.Length > 0
            || issuer.Fragment.Length > 0
        )
        {
            values.Refuse(
                IssuerKey,
                $"'{text}' is not an http or https address without query, for example https://auth.example.com"
            );
        }
        else if (issuer.Scheme == Uri.UriSchemeHttp && !values.IsDevelopment)
        {
            // Whoever stands between a service and the issuer could give it keys of their own (RFC 8414 §6.2).
            const string Http = "services would read the public keys over plain http; use https.";
            if (issuer.IsLoopback)
            {
                values.Warn(IssuerKey, Http);
            }
            else
            {
                values.Refuse(IssuerKey, Http);
            }
        }
    }

    private static void CheckSecret(SettingValues values, byte[] secret)
    {
        if (!SecretStrength.IsStrong(secret) || (!values.IsDevelopment && SecretStrength.IsSample(secret)))
        {
            values.Refuse(
                SecretKey,
                $"HS256 needs a random secret of {SecretStrength.MinLength} bytes or more. {MasterKeySection.HowToMake}"
            );
        }
    }

    private static string RequiredOutsideDevelopment(SettingValues values, string key, string developmentDefault)
    {
        if (values.Text(key) is { } text)
        {
            return text;
        }

        if (values.IsDevelopment)
        {
            return developmentDefault;
        }

        values.Refuse(key, $"this is needed, for example {developmentDefault.Replace("http:", "https:")}");
        return "";
    }
}
