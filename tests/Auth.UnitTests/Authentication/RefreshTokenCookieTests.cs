using Auth.Api.Authentication;
using Auth.Api.Configuration;
using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using Auth.Application.Users;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Auth.UnitTests.Authentication;

public sealed class RefreshTokenCookieTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CookieSecurity.Always, "https")]
    [InlineData(CookieSecurity.Always, "http")]
    [InlineData(CookieSecurity.SameAsRequest, "https")]
    public void The_cookie_is_HttpOnly_SameSite_Strict_and_Secure(CookieSecurity security, string scheme)
    {
        var context = Request(scheme);

        Cookie(security).Write(context.Response, SignInFor(TimeSpan.FromDays(30)));

        SetCookie(context)
            .ShouldBe(
                "__Secure-refreshToken=token; max-age=2678400; path=/api/auth; secure; samesite=strict; httponly"
            );
    }

    [Fact]
    public void Over_plain_http_in_Development_the_cookie_has_a_plain_name()
    {
        var context = Request("http");

        Cookie(CookieSecurity.SameAsRequest).Write(context.Response, SignInFor(TimeSpan.FromDays(30)));

        SetCookie(context).ShouldBe("refreshToken=token; max-age=2678400; path=/api/auth; samesite=strict; httponly");
    }

    [Theory]
    [InlineData(CookieSecurity.Always, "https", "secure")]
    [InlineData(CookieSecurity.Always, "http", "secure")]
    [InlineData(CookieSecurity.SameAsRequest, "https", "secure")]
    [InlineData(CookieSecurity.SameAsRequest, "http", "plain")]
    public void Only_the_cookie_name_for_the_connection_is_read(CookieSecurity security, string scheme, string expected)
    {
        var context = Request(scheme);
        context.Request.Headers.Cookie = "refreshToken=plain; __Secure-refreshToken=secure";

        Cookie(security).Read(context.Request).ShouldBe(expected);
    }

    [Fact]
    public void The_cookie_is_deleted_with_the_attributes_it_was_set_with()
    {
        var context = Request("https");

        Cookie(CookieSecurity.Always).Clear(context.Response);

        SetCookie(context)
            .ShouldBe("__Secure-refreshToken=; max-age=0; path=/api/auth; secure; samesite=strict; httponly");
    }

    [Fact]
    public void A_token_that_can_never_be_valid_again_is_cleared()
    {
        Error[] dead =
        [
            SessionErrors.InvalidRefreshToken,
            SessionErrors.Ended("logout"),
            SessionErrors.TokenReuseDetected,
        ];

        foreach (var error in dead)
        {
            ClearsAfter(error).ShouldBeTrue(error.Code);
        }
    }

    [Fact]
    public void A_token_that_may_still_be_valid_is_kept()
    {
        Error?[] alive = [null, CommonErrors.ConcurrentUpdate, CommonErrors.ServiceUnavailable];

        foreach (var error in alive)
        {
            ClearsAfter(error).ShouldBeFalse(error?.Code);
        }
    }

    private static bool ClearsAfter(Error? error)
    {
        var context = Request("https");
        context.Request.Headers.Cookie = "__Secure-refreshToken=token";

        Cookie(CookieSecurity.Always).ClearIfRejected(context.Response, error);
        return SetCookie(context).Length > 0;
    }

    private static DefaultHttpContext Request(string scheme)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = scheme;
        return context;
    }

    private static string SetCookie(HttpContext context) => context.Response.Headers.SetCookie.ToString();

    private static RefreshTokenCookie Cookie(CookieSecurity security) =>
        new(new CookieSettings(security), new FakeTimeProvider(Now));

    private static SignIn SignInFor(TimeSpan lifetime) =>
        new(
            new AccessToken("access", TimeSpan.FromMinutes(15)),
            "token",
            Now + TimeSpan.FromDays(14),
            Now + lifetime,
            Guid.Empty,
            new UserDetails(
                Guid.Empty,
                "ada@example.com",
                null,
                EmailConfirmed: false,
                [],
                [],
                HasPassword: true,
                SecondFactorEnabled: false,
                UserStatus.Active,
                Now,
                Now
            )
        );
}
