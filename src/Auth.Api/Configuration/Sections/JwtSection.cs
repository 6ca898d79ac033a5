using System.Text;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the options of access tokens.</summary>
internal static class JwtSection
{
    private const string IssuerKey = $"{JwtOptions.Section}:Issuer";
    private const string SecretKey = $"{JwtOptions.Section}:Secret";

    private static readonly string[] s_anyHost = ["*", "+", "0.0.0.0", "[::]"];

    public static JwtOptions Read(SettingValues values)
    {
        var jwt = new JwtOptions
        {
            Issuer = RequiredOutsideDevelopment(values, IssuerKey, DevelopmentAddress(values)),
            Audience = RequiredOutsideDevelopment(values, $"{JwtOptions.Section}:Audience", "auth"),
            Algorithm = values.Choice(
                $"{JwtOptions.Section}:Algorithm",
                SigningAlgorithms.ES256,
                SigningAlgorithms.All
            ),
            Secret = values.Secret(SecretKey) ?? "",
            AccessTokenLifetime = values.Duration(
                $"{JwtOptions.Section}:AccessTokenLifetime",
                TimeSpan.FromMinutes(15),
                max: TimeSpan.FromHours(24)
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
                $"does not end with Hosting:PathBase ({prefix}), so services will look for the public keys elsewhere."
            );
        }

        if (jwt.Algorithm == SigningAlgorithms.HS256)
        {
            CheckSecret(values, Encoding.UTF8.GetBytes(jwt.Secret));
        }

        return jwt;
    }

    // The address the service listens on in Development, so that the issuer and discovery URLs work.
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
            values.AddError(
                IssuerKey,
                $"'{text}' is not an http or https URL without a query, for example https://auth.example.com"
            );
        }
        else if (issuer.Scheme == Uri.UriSchemeHttp && !values.IsDevelopment)
        {
            // A man in the middle could replace the public keys (RFC 8414 §6.2).
            const string Http = "services would fetch the public keys over plain HTTP; use https.";
            if (issuer.IsLoopback)
            {
                values.Warn(IssuerKey, Http);
            }
            else
            {
                values.AddError(IssuerKey, Http);
            }
        }
    }

    private static void CheckSecret(SettingValues values, byte[] secret)
    {
        if (!SecretStrength.IsStrong(secret) || (!values.IsDevelopment && SecretStrength.IsSample(secret)))
        {
            values.AddError(
                SecretKey,
                $"HS256 requires a random secret of at least {SecretStrength.MinLength} bytes. {MasterKeySection.HowToGenerate}"
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

        values.AddError(key, $"a value is required, for example {developmentDefault.Replace("http:", "https:")}");
        return "";
    }
}
