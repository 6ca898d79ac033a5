using Auth.Api.Authorization;
using Auth.Api.Configuration;
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
    /// <summary>Creates an account and signs the user in</summary>
    /// <response code="201">The account has been created, and the user is signed in.</response>
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

    /// <summary>Signs in with an e-mail address and a password</summary>
    /// <remarks>
    /// The response is the same for an unknown address, a wrong password, a disabled account and a locked account. After too
    /// many wrong passwords, an account is temporarily locked, but not for devices that have signed in to it before. Browsers
    /// are recognized by a cookie; other clients send the <c>deviceToken</c> of their previous sign-in, or an empty string to
    /// request one. If the browser is already signed in to the account, a new session replaces the old one.
    /// </remarks>
    /// <response code="200">The user is signed in.</response>
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

    /// <summary>Exchanges a refresh token for a new refresh token and a new access token</summary>
    /// <remarks>
    /// The token is read from the body or, if the body has none, from the cookie; the new one is returned in the same way.
    /// Retries and parallel requests are safe: a token that was rotated a moment ago is answered with the current one.
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

    /// <summary>Logs out of every session that the request has a token for</summary>
    /// <remarks>
    /// Ends the sessions of the refresh token in the body, of the refresh token in the cookie and of the access token, and
    /// revokes their access tokens. Each token is checked separately, and invalid tokens are ignored. For pages of other
    /// origins, the cookie is neither read nor cleared; without another valid token, the response is `CROSS_SITE_REQUEST`.
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

    /// <summary>Ends all sessions of the caller</summary>
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

    /// <summary>Changes the caller's password</summary>
    /// <remarks>Ends all other sessions. The current session continues after its next refresh. Other devices are no longer recognized.</remarks>
    /// <response code="204">The password has been changed.</response>
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

    /// <summary>Returns the claims of the access token</summary>
    /// <remarks>Does not query the database. Gateways use it to check whether a token is valid.</remarks>
    /// <response code="200">The claims of the access token.</response>
    [HttpGet("me")]
    [Authorize]
    [ProducesResponseType<MeResponse>(StatusCodes.Status200OK)]
    public IActionResult Me() => Ok(MeResponse.From(new CurrentUser(User)));

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

        return SignInResponse.From(signIn, inBody, withDeviceToken);
    }
}
