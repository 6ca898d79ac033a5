using Auth.Api.Authorization;
using Auth.Api.Configuration;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.Authentication;

/// <summary>Registration, the caller's password and the caller's token.</summary>
[ApiController]
[Route("api/auth")]
[Tags("Authentication")]
public sealed class AccountController(
    IMediator mediator,
    SignInDelivery delivery,
    DeviceCookie deviceCookie,
    RegistrationPolicy registration
) : ControllerBase
{
    /// <summary>Creates an account and signs the user in</summary>
    /// <remarks>
    /// Where addresses must be confirmed first (`Registration:EmailConfirmation` is `Required`), the response is always 202, and
    /// the account is created by `verify-email`. A taken address gets a mail that says so.
    /// </remarks>
    /// <response code="202">A mail is sent; the account is created once the address is confirmed.</response>
    /// <response code="201">The account has been created, and the user is signed in.</response>
    [HttpPost("register")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Register)]
    [ProducesResponseType<SignInResponse>(StatusCodes.Status201Created)]
    [ProducesResponseType<StartedFlowResponse>(StatusCodes.Status202Accepted)]
    [ProblemCodes("VALIDATION_FAILED", "EMAIL_ALREADY_REGISTERED", "CROSS_SITE_REQUEST", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Register(RegisterRequest request, CancellationToken cancellationToken)
    {
        if (SignInDelivery.LosesCookie(Request, request.RefreshTokenIn))
        {
            return new ProblemResult(RequestErrors.CookieFromAnotherSite);
        }

        var client = HttpContext.ReadClientInfo();
        if (registration.EmailConfirmation == EmailConfirmation.Required)
        {
            var pending = new RequestRegistrationCommand(request.Email, request.Password, request.DisplayName, client);
            var started = await mediator.Send(pending, cancellationToken);
            return started.ToActionResult(flow => Accepted(StartedFlowResponse.From(flow)));
        }

        var command = new RegisterCommand(request.Email, request.Password, request.DisplayName, client);
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(signIn =>
            Created(
                Request.PathTo("/api/users/me"),
                delivery.Deliver(Response, signIn, request.RefreshTokenIn, request.DeviceToken)
            )
        );
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
    [AllowsServices]
    [ProducesResponseType<MeResponse>(StatusCodes.Status200OK)]
    public IActionResult Me() => Ok(MeResponse.From(new CurrentUser(User)));
}
