using Auth.Api.Configuration;
using Auth.Application.Authentication;
using Auth.Domain.Common;
using Auth.Domain.Sessions;

namespace Auth.Api.Authentication;

/// <summary>Carries the refresh token of a browser, out of reach of its scripts.</summary>
public sealed class RefreshTokenCookie(CookieSettings settings, TimeProvider clock)
{
    private const string SecureName = "__Secure-refreshToken";
    private const string PlainName = "refreshToken";
    private const string Path = "/api/auth";

    /// <summary>The token of the cookie whose name fits the way the request came; null if there is none.</summary>
    public string? Read(HttpRequest request) => request.Cookies[NameFor(request)].NullIfEmpty();

    /// <summary>Gives the browser a token for as long as the session may live.</summary>
    public void Write(HttpResponse response, SignIn signIn)
    {
        var lifetime = signIn.RefreshTokenExpiresAt - clock.GetUtcNow();
        Append(response, signIn.RefreshToken, lifetime > TimeSpan.Zero ? lifetime : TimeSpan.Zero);
    }

    /// <summary>
    /// Clears a token that can never become valid again. One that lost a race or met an unavailable database stays: the next
    /// attempt may succeed.
    /// </summary>
    public void ClearIfDead(HttpResponse response, Error? error)
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

    /// <summary>Takes the token away from the browser.</summary>
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
