using Auth.Application.Authentication;

namespace Auth.Api.Authentication;

/// <summary>Delivers the tokens of a sign-in: in cookies, or in the body if the client asks for it.</summary>
/// <param name="refreshTokenCookie">The cookie for the refresh token.</param>
/// <param name="deviceCookie">The cookie for the device token.</param>
public sealed class SignInDelivery(RefreshTokenCookie refreshTokenCookie, DeviceCookie deviceCookie)
{
    /// <summary>Whether the browser would discard the cookie that the request asks for.</summary>
    public static bool LosesCookie(HttpRequest request, string? refreshTokenIn) =>
        !RefreshTokenPlaceAttribute.IsBody(refreshTokenIn) && CrossSiteRule.LosesCookies(request);

    /// <summary>Delivers a sign-in. Clients that send no device token receive none.</summary>
    public SignInResponse Deliver(HttpResponse response, SignIn signIn, string? refreshTokenIn, string? deviceToken) =>
        Deliver(response, signIn, RefreshTokenPlaceAttribute.IsBody(refreshTokenIn), deviceToken is not null);

    /// <summary>Delivers a sign-in in the body or in cookies.</summary>
    public SignInResponse Deliver(HttpResponse response, SignIn signIn, bool inBody, bool withDeviceToken)
    {
        if (!inBody)
        {
            refreshTokenCookie.Write(response, signIn);
            deviceCookie.Write(response, signIn.DeviceToken);
        }

        return SignInResponse.From(signIn, inBody, withDeviceToken);
    }
}
