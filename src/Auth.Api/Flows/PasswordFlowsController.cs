using Auth.Api.Authentication;
using Auth.Api.Configuration;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.Flows;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.Flows;

/// <summary>Forgotten passwords, and the first ones of invited users.</summary>
[ApiController]
[Route("api/auth")]
[Tags("Mail")]
[RequiresMail]
public sealed class PasswordFlowsController(IMediator mediator, SignInDelivery delivery, DeviceCookie deviceCookie)
    : ControllerBase
{
    /// <summary>Asks for a mail to replace a forgotten password</summary>
    /// <remarks>
    /// The response is the same, and takes the same time, whether there is an account or not. Each request starts a flow of its
    /// own. An invited user gets the invitation again.
    /// </remarks>
    /// <response code="202">A mail is sent if there is an account.</response>
    [HttpPost("forgot-password")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.MailFlows)]
    [ProducesResponseType<StartedFlowResponse>(StatusCodes.Status202Accepted)]
    [ProblemCodes("VALIDATION_FAILED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Forgot(ForgotPasswordRequest request, CancellationToken cancellationToken)
    {
        var command = new ForgotPasswordCommand(
            request.Email,
            HttpContext.ReadClientInfo(),
            SentTokens.Present(deviceCookie.Read(Request))
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(flow => Accepted(StartedFlowResponse.From(flow)));
    }

    /// <summary>Replaces a forgotten password</summary>
    /// <remarks>
    /// Takes `token`, or `flowToken` and `code`. Confirms the address, ends all sessions and forgets all known devices; signs
    /// nobody in. A new password that is rejected does not use up the link or code.
    ///
    /// The response is the same for a link or code that is wrong, used, expired or superseded. Five wrong codes invalidate the
    /// code, but not the link.
    /// </remarks>
    /// <response code="204">The password has been replaced.</response>
    [HttpPost("reset-password")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.MailFlows)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_OR_EXPIRED_TOKEN", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Reset(ResetPasswordRequest request, CancellationToken cancellationToken)
    {
        var command = new ResetPasswordCommand(
            request.Token,
            request.FlowToken,
            request.Code,
            request.NewPassword,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }

    /// <summary>Sets the first password of an invited user, and signs them in</summary>
    /// <remarks>Confirms the address. A password that is rejected does not use up the link.</remarks>
    /// <response code="201">The password is set, and the user is signed in.</response>
    [HttpPost("accept-invitation")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.MailFlows)]
    [ProducesResponseType<SignInResponse>(StatusCodes.Status201Created)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_OR_EXPIRED_TOKEN", "CROSS_SITE_REQUEST", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> AcceptInvitation(
        AcceptInvitationRequest request,
        CancellationToken cancellationToken
    )
    {
        if (SignInDelivery.LosesCookie(Request, request.RefreshTokenIn))
        {
            return new ProblemResult(RequestErrors.CookieFromAnotherSite);
        }

        var command = new AcceptInvitationCommand(
            request.Token,
            request.Password,
            request.DisplayName,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(signIn =>
            Created(
                Request.PathTo("/api/users/me"),
                delivery.Deliver(Response, signIn, request.RefreshTokenIn, request.DeviceToken)
            )
        );
    }
}
