using Auth.Api.Authorization;
using Auth.Api.Hosting;
using Auth.Api.OpenApi;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.Authentication;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.Authentication;

/// <summary>Sign-up and sign-in.</summary>
[ApiController]
[Route("api/auth")]
[Tags("Authentication")]
public sealed class AuthenticationController(
    IMediator mediator,
    RefreshTokenCookie refreshTokenCookie,
    DeviceCookie deviceCookie,
    CrossSiteRule crossSite
) : ControllerBase
{
    /// <summary>Creates an account and signs its owner in</summary>
    /// <response code="201">The account exists and its owner is signed in.</response>
    [HttpPost("register")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Register)]
    [ProducesResponseType<SignInResponse>(StatusCodes.Status201Created)]
    [ProblemCodes("VALIDATION_FAILED", "EMAIL_ALREADY_REGISTERED", "CROSS_SITE_REQUEST", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Register(RegisterRequest request, CancellationToken cancellationToken)
    {
        if (LosesCookie(request.RefreshTokenIn))
        {
            return new ProblemResult(RequestErrors.CookieFromAnotherSite);
        }

        var client = HttpContext.ReadClientInfo();
        var command = new RegisterCommand(request.Email, request.Password, request.DisplayName, client);
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(signIn =>
            Created(Request.PathTo("/api/users/me"), Deliver(signIn, request.RefreshTokenIn, request.DeviceToken))
        );
    }

    /// <summary>Signs in with e-mail address and password</summary>
    /// <remarks>
    /// The answer is the same for an unknown address, a wrong password, a disabled and a locked account. After too many wrong
    /// passwords an account is locked for a while, but not for a device that has signed in to it before: browsers are known by
    /// a cookie, other clients send the <c>deviceToken</c> of their last sign-in, and an empty text for the first one.
    /// A browser that is signed in and signs in to the same account again gets a new session in place of the old one.
    /// </remarks>
    /// <response code="200">Signed in.</response>
    [HttpPost("login")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Login)]
    [ProducesResponseType<SignInResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_CREDENTIALS", "CROSS_SITE_REQUEST", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Login(LoginRequest request, CancellationToken cancellationToken)
    {
        if (LosesCookie(request.RefreshTokenIn))
        {
            return new ProblemResult(RequestErrors.CookieFromAnotherSite);
        }

        var command = new LoginCommand(
            request.Email,
            request.Password,
            HttpContext.ReadClientInfo(),
            SentTokens.Present(request.DeviceToken, deviceCookie.Read(Request)),
            RefreshTokenPlaceAttribute.IsBody(request.RefreshTokenIn) || crossSite.Refuses(Request)
                ? null
                : refreshTokenCookie.Read(Request)
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(signIn => Ok(Deliver(signIn, request.RefreshTokenIn, request.DeviceToken)));
    }

    /// <summary>Exchanges a refresh token for its successor and a new access token</summary>
    /// <remarks>
    /// The token comes from the body or, without one there, from the cookie; its successor goes the same way. Retries and
    /// parallel calls converge: a token that was rotated a moment ago is answered with the current one.
    /// </remarks>
    /// <response code="200">The new tokens.</response>
    [HttpPost("refresh")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Refresh)]
    [ProducesResponseType<SignInResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("INVALID_REFRESH_TOKEN", "TOKEN_REUSE_DETECTED", "CROSS_SITE_REQUEST", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Refresh(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RefreshRequest? request,
        CancellationToken cancellationToken
    )
    {
        var sent = request?.RefreshToken.NullIfEmpty();
        var inBody = sent is not null;
        if (!inBody && crossSite.Refuses(Request))
        {
            return new ProblemResult(RequestErrors.CrossSiteRequest);
        }

        var token = sent ?? refreshTokenCookie.Read(Request);
        var result = await mediator.Send(new RefreshCommand(token, HttpContext.ReadClientInfo()), cancellationToken);
        refreshTokenCookie.ClearIfDead(Response, inBody ? null : result.Error);
        return result.ToActionResult(signIn => Ok(Deliver(signIn, inBody, withDeviceToken: false)));
    }

    /// <summary>Ends every session that the request proves</summary>
    /// <remarks>
    /// The session of the refresh token in the body, that of the one in the cookie, and that of the access token: each is
    /// judged on its own, and an invalid one does not hide a valid one. Their access tokens are revoked as well. Unknown
    /// tokens are answered alike. Pages of other origins cannot use the cookie: it is neither read nor cleared, and
    /// without another valid token the answer is `CROSS_SITE_REQUEST`.
    /// </remarks>
    /// <response code="204">The sessions have ended, and the cookie is cleared.</response>
    [HttpPost("logout")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("CROSS_SITE_REQUEST", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Logout(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] LogoutRequest? request,
        CancellationToken cancellationToken
    )
    {
        var fromElsewhere = crossSite.Refuses(Request);
        var command = new LogoutCommand(
            SentTokens.Present(request?.RefreshToken, fromElsewhere ? null : refreshTokenCookie.Read(Request)),
            await HttpContext.FindSessionIdAsync(),
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(loggedOut =>
        {
            if (fromElsewhere)
            {
                return loggedOut.ProvedSession ? NoContent() : new ProblemResult(RequestErrors.CrossSiteRequest);
            }

            refreshTokenCookie.Clear(Response);
            return NoContent();
        });
    }

    /// <summary>Ends every session of the caller</summary>
    /// <response code="204">All sessions have ended.</response>
    [HttpPost("logout-all")]
    [Authorize]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("CONCURRENT_UPDATE")]
    public async Task<IActionResult> LogoutAll(CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var command = new LogoutAllCommand(caller.Id, caller.SessionId, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        if (!result.IsFailure)
        {
            refreshTokenCookie.Clear(Response);
        }

        return result.ToActionResult();
    }

    /// <summary>Replaces the caller's password</summary>
    /// <remarks>All other sessions end. This one goes on after its next refresh. Other devices are no longer known.</remarks>
    /// <response code="204">The new password holds.</response>
    [HttpPost("change-password")]
    [Authorize]
    [EnableRateLimiting(RateLimitPolicies.ChangePassword)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_CREDENTIALS", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> ChangePassword(ChangePasswordRequest request, CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var command = new ChangePasswordCommand(
            caller.Id,
            caller.SessionId,
            request.CurrentPassword,
            request.NewPassword,
            HttpContext.ReadClientInfo(),
            SentTokens.Present(request.DeviceToken, deviceCookie.Read(Request))
        );
        var result = await mediator.Send(command, cancellationToken);
        return result
            .OrOwnerDeleted()
            .ToActionResult(changed =>
            {
                deviceCookie.Renew(Response, changed.DeviceToken);
                return NoContent();
            });
    }

    /// <summary>Says what the caller's access token says</summary>
    /// <remarks>From the token alone, without the database: for gateways and for finding out whether a token holds.</remarks>
    /// <response code="200">What the token says.</response>
    [HttpGet("me")]
    [Authorize]
    [ProducesResponseType<MeResponse>(StatusCodes.Status200OK)]
    public IActionResult Me() => Ok(MeResponse.Of(new CurrentUser(User)));

    private bool LosesCookie(string? refreshTokenIn) =>
        !RefreshTokenPlaceAttribute.IsBody(refreshTokenIn) && CrossSiteRule.LosesCookies(Request);

    // A client that knows nothing of device tokens gets exactly what it has always got.
    private SignInResponse Deliver(SignIn signIn, string? refreshTokenIn, string? deviceToken) =>
        Deliver(signIn, RefreshTokenPlaceAttribute.IsBody(refreshTokenIn), withDeviceToken: deviceToken is not null);

    private SignInResponse Deliver(SignIn signIn, bool inBody, bool withDeviceToken)
    {
        if (!inBody)
        {
            refreshTokenCookie.Write(Response, signIn);
            deviceCookie.Write(Response, signIn.DeviceToken);
        }

        return SignInResponse.Of(signIn, inBody, withDeviceToken);
    }
}
