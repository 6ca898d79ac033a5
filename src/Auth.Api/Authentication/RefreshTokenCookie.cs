using Auth.Api.Configuration;
using Auth.Application.Authentication;
using Auth.Domain.Common;
using Auth.Domain.Sessions;

namespace Auth.Api.Authentication;

/// <summary>The cookie with a browser's refresh token, which scripts cannot read.</summary>
public sealed class RefreshTokenCookie(CookieSettings settings, TimeProvider clock)
{
    private const string SecureName = "__Secure-refreshToken";
    private const string PlainName = "refreshToken";
    private const string Path = "/api/auth";

    // The session decides when it expires, and says why: the browser has to send the token of an expired one. Its row is
    // kept for at least this long.
    private static readonly TimeSpan s_afterExpiry = TimeSpan.FromDays(1);

    /// <summary>Returns the token from the cookie, whose name depends on the connection; null if there is none.</summary>
    public string? Read(HttpRequest request) => request.Cookies[NameFor(request)].NullIfEmpty();

    /// <summary>Sets the cookie until a day after the session expires at the latest.</summary>
    public void Write(HttpResponse response, SignIn signIn)
    {
        var lifetime = signIn.SessionExpiresAt + s_afterExpiry - clock.GetUtcNow();
        Append(response, signIn.RefreshToken, lifetime > TimeSpan.Zero ? lifetime : TimeSpan.Zero);
    }

    /// <summary>
    /// Deletes a token that can never become valid again. After a lost race or a database outage it is kept: the next
    /// attempt may succeed.
    /// </summary>
    public void ClearIfRejected(HttpResponse response, Error? error)
    {
        if (
            error?.Code is { } code
            && (code == SessionErrors.InvalidRefreshToken.Code || code == SessionErrors.TokenReuseDetected.Code)
            && Read(response.HttpContext.Request) is not null
        )
        {
            Clear(response);
        }
    }

    /// <summary>Deletes the cookie.</summary>
    public void Clear(HttpResponse response) => Append(response, "", TimeSpan.Zero);

    private void Append(HttpResponse response, string value, TimeSpan maxAge) =>
        response.Cookies.Append(
            NameFor(response.HttpContext.Request),
            value,
            new CookieOptions
            {
                HttpOnly = true,
                Secure = IsSecure(response.HttpContext.Request),
                SameSite = SameSiteMode.Strict,
                Path = response.HttpContext.Request.PathTo(Path),
                MaxAge = maxAge,
            }
        );

    private string NameFor(HttpRequest request) => IsSecure(request) ? SecureName : PlainName;

    private bool IsSecure(HttpRequest request) => settings.Secure == CookieSecurity.Always || request.IsHttps;
}
