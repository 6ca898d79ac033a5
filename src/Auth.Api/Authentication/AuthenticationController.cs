using Auth.Api.Authorization;
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
    [ProblemCodes("VALIDATION_FAILED", "EMAIL_ALREADY_REGISTERED")]
    public async Task<IActionResult> Register(RegisterRequest request, CancellationToken cancellationToken)
    {
        var client = HttpContext.ReadClientInfo();
        var command = new RegisterCommand(request.Email, request.Password, request.DisplayName, client);
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(signIn =>
            Created("/api/users/me", Deliver(signIn, request.RefreshTokenIn, request.DeviceToken))
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
    [ProblemCodes("VALIDATION_FAILED", "INVALID_CREDENTIALS")]
    public async Task<IActionResult> Login(LoginRequest request, CancellationToken cancellationToken)
    {
        var command = new LoginCommand(
            request.Email,
            request.Password,
            HttpContext.ReadClientInfo(),
            request.DeviceToken ?? deviceCookie.Read(Request),
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
        var inBody = request?.RefreshToken is not null;
        if (!inBody && crossSite.Refuses(Request))
        {
            return new ProblemResult(RequestErrors.CrossSiteRequest);
        }

        var token = request?.RefreshToken ?? refreshTokenCookie.Read(Request);
        var result = await mediator.Send(new RefreshCommand(token, HttpContext.ReadClientInfo()), cancellationToken);
        refreshTokenCookie.ClearIfDead(Response, inBody ? null : result.Error);
        return result.ToActionResult(signIn => Ok(Deliver(signIn, inBody, withDeviceToken: false)));
    }

    /// <summary>Ends a session</summary>
    /// <remarks>
    /// That of the refresh token in the body, else of the one in the cookie, else of the access token. Its access tokens
    /// no longer hold either. An unknown token is answered alike.
    /// </remarks>
    /// <response code="204">The session has ended, and the cookie is cleared.</response>
    [HttpPost("logout")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("CROSS_SITE_REQUEST")]
    public async Task<IActionResult> Logout(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] LogoutRequest? request,
        CancellationToken cancellationToken
    )
    {
        var token = request?.RefreshToken ?? refreshTokenCookie.Read(Request);
        var sessionId = token is null ? await HttpContext.FindSessionIdAsync() : null;
        if (request?.RefreshToken is null && sessionId is null && crossSite.Refuses(Request))
        {
            return new ProblemResult(RequestErrors.CrossSiteRequest);
        }

        var command = new LogoutCommand(token, sessionId, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        refreshTokenCookie.Clear(Response);
        return result.ToActionResult();
    }

    /// <summary>Ends every session of the caller</summary>
    /// <response code="204">All sessions have ended.</response>
    [HttpPost("logout-all")]
    [Authorize]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> LogoutAll(CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var command = new LogoutAllCommand(caller.Id, caller.SessionId, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        refreshTokenCookie.Clear(Response);
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
            request.DeviceToken ?? deviceCookie.Read(Request)
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
