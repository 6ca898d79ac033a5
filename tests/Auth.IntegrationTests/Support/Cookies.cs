using Microsoft.Net.Http.Headers;

namespace Auth.IntegrationTests.Support;

/// <summary>The cookies of an answer.</summary>
public static class Cookies
{
    /// <summary>The cookie of the refresh token that an answer sets; null if it sets none.</summary>
    public static SetCookieHeaderValue? Cookie(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var values)
            ? values
                .Select(value => SetCookieHeaderValue.Parse(value))
                .SingleOrDefault(cookie => cookie.Name.EndsWith("refreshToken", StringComparison.Ordinal))
            : null;

    /// <summary>Checks that an answer takes the cookie away.</summary>
    public static void ShouldClearCookie(this HttpResponseMessage response)
    {
        var cookie = response.Cookie().ShouldNotBeNull();
        cookie.Name.Value.ShouldBe("refreshToken");
        cookie.Value.Value.ShouldBe("");
        cookie.Path.Value.ShouldBe("/api/auth");
        cookie.MaxAge.ShouldBe(TimeSpan.Zero);
    }
}
