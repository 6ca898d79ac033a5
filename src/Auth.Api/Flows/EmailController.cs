using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Configuration;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Api.StepUp;
using Auth.Application.Flows;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.Flows;

/// <summary>Confirming and changing e-mail addresses.</summary>
[ApiController]
[Route("api/auth")]
[Tags("Mail")]
[RequiresMail]
public sealed class EmailController(IMediator mediator, SignInDelivery delivery, DeviceCookie deviceCookie)
    : ControllerBase
{
    /// <summary>Confirms an e-mail address</summary>
    /// <remarks>
    /// It takes the mail and a second proof that the sender asked for it. A registration that waits for its confirmation
    /// takes `flowToken` and `code`, `token` and `flowToken`, or `token` and `password`: the account is created, and the
    /// user is signed in. The address of an existing user takes that user's access token with `code`, `token`, or
    /// `flowToken` and `code`; or `token` and `password` without one.
    ///
    /// The response is the same for a link or code that is wrong, used, expired, superseded or somebody else's. A wrong
    /// password is counted like a failed sign-in. Five wrong codes invalidate the code, but not the link.
    /// </remarks>
    /// <response code="201">The account has been created, and the user is signed in.</response>
    /// <response code="204">The address of the user is confirmed.</response>
    [HttpPost("verify-email")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.MailFlows)]
    [ProducesResponseType<SignInResponse>(StatusCodes.Status201Created)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes(
        "VALIDATION_FAILED",
        "INVALID_OR_EXPIRED_TOKEN",
        "INVALID_CREDENTIALS",
        "CROSS_SITE_REQUEST",
        "CONCURRENT_UPDATE"
    )]
    public async Task<IActionResult> Verify(VerifyEmailRequest request, CancellationToken cancellationToken)
    {
        if (SignInDelivery.LosesCookie(Request, request.RefreshTokenIn))
        {
            return new ProblemResult(RequestErrors.CookieFromAnotherSite);
        }

        var command = new VerifyEmailCommand(
            request.Token,
            request.FlowToken,
            request.Code,
            request.Password,
            await HttpContext.FindCallerIdAsync(),
            HttpContext.ReadClientInfo(),
            SentTokens.Present(request.DeviceToken, deviceCookie.Read(Request))
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(verified =>
            verified.SignIn is { } signIn
                ? Created(
                    Request.PathTo("/api/users/me"),
                    delivery.Deliver(Response, signIn, request.RefreshTokenIn, request.DeviceToken)
                )
                : NoContent()
        );
    }

    /// <summary>Sends the mail of a flow again</summary>
    /// <remarks>
    /// Takes the `flowToken` of the flow; or an access token, to verify the address of its user. Link and code of the earlier
    /// mail are no longer valid once the new one is on its way. The response is the same whether a mail is sent or not: none
    /// is sent if it is no longer needed, or if too many have been asked for.
    /// </remarks>
    /// <response code="202">A mail is sent if it is needed.</response>
    [HttpPost("verify-email/resend")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.MailFlows)]
    [ProducesResponseType<StartedFlowResponse>(StatusCodes.Status202Accepted)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_OR_EXPIRED_TOKEN", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Resend(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ResendRequest? request,
        CancellationToken cancellationToken
    )
    {
        var command = new ResendVerificationCommand(
            request?.FlowToken,
            await HttpContext.FindCallerIdAsync(),
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.OrOwnerDeleted().ToActionResult(flow => Accepted(StartedFlowResponse.From(flow)));
    }

    /// <summary>Asks for another e-mail address</summary>
    /// <remarks>
    /// Link and code go to the new address; nothing changes until it is confirmed. The response is the same if the address is
    /// taken.
    /// </remarks>
    /// <response code="202">A mail is sent to the new address if it is free.</response>
    [HttpPost("change-email")]
    [Authorize]
    [RequiresStepUp]
    [EnableRateLimiting(RateLimitPolicies.ChangePassword)]
    [ProducesResponseType<StartedFlowResponse>(StatusCodes.Status202Accepted)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_CREDENTIALS", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Change(ChangeEmailRequest request, CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var command = new ChangeEmailCommand(
            caller.Id,
            request.NewEmail,
            request.Password,
            HttpContext.ReadClientInfo(),
            SentTokens.Present(request.DeviceToken, deviceCookie.Read(Request))
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.OrOwnerDeleted().ToActionResult(flow => Accepted(StartedFlowResponse.From(flow)));
    }

    /// <summary>Confirms the caller's new e-mail address</summary>
    /// <remarks>
    /// From now on the user signs in with the new address. Sessions continue after their next refresh. The old address gets a
    /// mail with a link that restores it within seven days.
    /// </remarks>
    /// <response code="204">The address has been changed.</response>
    [HttpPost("change-email/confirm")]
    [Authorize]
    [EnableRateLimiting(RateLimitPolicies.MailFlows)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_OR_EXPIRED_TOKEN", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> ConfirmChange(
        ConfirmEmailChangeRequest request,
        CancellationToken cancellationToken
    )
    {
        var command = new ConfirmEmailChangeCommand(
            new CurrentUser(User).Id,
            request.Token,
            request.FlowToken,
            request.Code,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }

    /// <summary>Restores the e-mail address from before a change</summary>
    /// <remarks>
    /// Restores the address that the link was sent to, whatever has changed since, and invalidates the links of later changes.
    /// All sessions end, and a mail to replace the password goes to the restored address.
    /// </remarks>
    /// <response code="204">The earlier address has been restored.</response>
    [HttpPost("change-email/undo")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.MailFlows)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_OR_EXPIRED_TOKEN", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> UndoChange(UndoEmailChangeRequest request, CancellationToken cancellationToken)
    {
        var command = new UndoEmailChangeCommand(request.Token, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
