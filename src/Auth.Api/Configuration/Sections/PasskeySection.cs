using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads where passkeys are used.</summary>
internal static class PasskeySection
{
    private const string IdKey = "Passkeys:RelyingPartyId";
    private const string OriginsKey = "Passkeys:Origins";

    /// <summary>Reads the section <c>Passkeys</c>. The defaults are the host and the origin of the issuer.</summary>
    public static PasskeyOptions Read(SettingValues values, JwtOptions jwt)
    {
        var issuer = Uri.TryCreate(jwt.Issuer, UriKind.Absolute, out var uri) ? uri : null;
        var id = values.Text(IdKey) ?? issuer?.Host ?? "localhost";
        var origins = new List<string>();
        foreach (var (key, value) in values.List(OriginsKey))
        {
            if (WebOrigin.Normalize(value) is not { } origin)
            {
                values.AddError(
                    key,
                    $"'{value}' is not an origin; use only scheme, host and port, for example https://app.example.com"
                );
            }
            else if (!Covers(id, new Uri(origin).Host))
            {
                values.AddError(
                    key,
                    $"passkeys of {IdKey} '{id}' cannot be used by '{origin}'; use that host or a parent domain."
                );
            }
            else
            {
                origins.Add(origin);
            }
        }

        // The host of the issuer may be an address, where passkeys do not work.
        if (values.Text(IdKey) is not null && Uri.CheckHostName(id) != UriHostNameType.Dns)
        {
            values.AddError(IdKey, $"'{id}' is not a domain, for example example.com.");
        }

        var own = issuer is null ? null : WebOrigin.Normalize(issuer.GetLeftPart(UriPartial.Authority));
        return new(id, origins.Count > 0 || own is null ? origins : [own]);
    }

    private static bool Covers(string id, string host) =>
        host.Equals(id, StringComparison.OrdinalIgnoreCase)
        || host.EndsWith("." + id, StringComparison.OrdinalIgnoreCase);
}
