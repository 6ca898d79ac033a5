using Microsoft.Net.Http.Headers;

namespace Auth.IntegrationTests.Support;

/// <summary>The cookies of a response.</summary>
public static class Cookies
{
    /// <summary>The refresh token cookie that a response sets; null if it sets none.</summary>
    public static SetCookieHeaderValue? Cookie(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var values)
            ? values
                .Select(value => SetCookieHeaderValue.Parse(value))
                .SingleOrDefault(cookie => cookie.Name.EndsWith("refreshToken", StringComparison.Ordinal))
            : null;

    /// <summary>Checks that a response deletes the cookie.</summary>
    public static void ShouldClearCookie(this HttpResponseMessage response)
    {
        var cookie = response.Cookie().ShouldNotBeNull();
        cookie.Name.Value.ShouldBe("refreshToken");
        cookie.Value.Value.ShouldBe("");
        cookie.Path.Value.ShouldBe("/api/auth");
        cookie.MaxAge.ShouldBe(TimeSpan.Zero);
    }
}
