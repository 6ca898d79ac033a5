using Auth.Api.Authorization;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.Authentication;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.Authentication;

/// <summary>Signing in, refreshing and logging out.</summary>
[ApiController]
[Route("api/auth")]
[Tags("Authentication")]
public sealed class AuthenticationController(
    IMediator mediator,
    SignInDelivery delivery,
    RefreshTokenCookie refreshTokenCookie,
    DeviceCookie deviceCookie,
    CrossSiteRule crossSite
) : ControllerBase
{
    /// <summary>Signs in with an e-mail address and a password</summary>
    /// <remarks>
    /// The response is the same for an unknown address, a wrong password, a disabled account and a locked account. After too
    /// many wrong passwords, an account is temporarily locked, but not for devices that have signed in to it before. Browsers
    /// are recognized by a cookie; other clients send the <c>deviceToken</c> of their previous sign-in, or an empty string to
    /// request one. If the browser is already signed in to the account, a new session replaces the old one.
    ///
    /// If a second factor is enrolled, the response to a right password is `SECOND_FACTOR_REQUIRED` with a challenge.
    /// </remarks>
    /// <response code="200">The user is signed in.</response>
    [HttpPost("login")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Login)]
    [ProducesResponseType<SignInResponse>(StatusCodes.Status200OK)]
    [ProblemCodes(
        "VALIDATION_FAILED",
        "INVALID_CREDENTIALS",
        "SECOND_FACTOR_REQUIRED",
        "CROSS_SITE_REQUEST",
        "CONCURRENT_UPDATE"
    )]
    public async Task<IActionResult> Login(LoginRequest request, CancellationToken cancellationToken)
    {
        if (SignInDelivery.LosesCookie(Request, request.RefreshTokenIn))
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
        return result.ToActionResult(signIn =>
            Ok(delivery.Deliver(Response, signIn, request.RefreshTokenIn, request.DeviceToken))
        );
    }

    /// <summary>Exchanges a refresh token for a new refresh token and a new access token</summary>
    /// <remarks>
    /// The token is read from the body or, if the body has none, from the cookie; the new one is returned in the same way.
    /// Retries and parallel requests are safe: a recently rotated token returns the current one.
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
        refreshTokenCookie.ClearIfRejected(Response, inBody ? null : result.Error);
        return result.ToActionResult(signIn => Ok(delivery.Deliver(Response, signIn, inBody, withDeviceToken: false)));
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
    /// <remarks>On every device, including this one. Their access tokens are revoked immediately.</remarks>
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
}
