using Auth.Api.Configuration;

namespace Auth.Api.Authentication;

/// <summary>
/// The cookie that identifies a browser that has signed in before (OWASP: device cookies). It outlives sessions and
/// logouts, and authenticates nobody.
/// </summary>
public sealed class DeviceCookie(CookieSettings settings)
{
    private const string SecureName = "__Secure-device";
    private const string PlainName = "device";
    private const string Path = "/api/auth";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(365);

    /// <summary>Returns the token from the cookie, whose name depends on the connection; null if there is none.</summary>
    public string? Read(HttpRequest request) => request.Cookies[NameFor(request)].NullIfEmpty();

    /// <summary>Sets the cookie, if there is a token.</summary>
    public void Write(HttpResponse response, string? deviceToken)
    {
        if (deviceToken is not null)
        {
            var request = response.HttpContext.Request;
            response.Cookies.Append(
                NameFor(request),
                deviceToken,
                new CookieOptions
                {
                    HttpOnly = true,
                    Secure = IsSecure(request),
                    SameSite = SameSiteMode.Strict,
                    Path = request.PathTo(Path),
                    MaxAge = s_lifetime,
                }
            );
        }
    }

    /// <summary>Replaces the cookie of a browser that has one.</summary>
    public void Renew(HttpResponse response, string? deviceToken)
    {
        if (Read(response.HttpContext.Request) is not null)
        {
            Write(response, deviceToken);
        }
    }

    private string NameFor(HttpRequest request) => IsSecure(request) ? SecureName : PlainName;

    private bool IsSecure(HttpRequest request) => settings.Secure == CookieSecurity.Always || request.IsHttps;
}
