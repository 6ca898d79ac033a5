using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.Factors;
using Auth.Application.StepUp;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.StepUp;

/// <summary>Authenticating again, for what requires a recent authentication.</summary>
[ApiController]
[Route("api/auth/step-up")]
[Tags("Authentication")]
public sealed class StepUpController(IMediator mediator, DeviceCookie deviceCookie) : ControllerBase
{
    /// <summary>Authenticates again in the current session</summary>
    /// <remarks>
    /// Send exactly one of the password, a code of the authenticator app, a recovery code, or a passkey.
    ///
    /// Call this when an operation is answered with `STEP_UP_REQUIRED`, and repeat that operation with the new access token (in
    /// Swagger UI: paste it into Authorize). Refreshes keep what the session has proved.
    /// </remarks>
    /// <response code="200">An access token of the same session with a new `auth_time`.</response>
    [HttpPost]
    [Authorize]
    [EnableRateLimiting(RateLimitPolicies.ChangePassword)]
    [ProducesResponseType<StepUpResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_CREDENTIALS", "INVALID_CODE", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> StepUp(StepUpRequest request, CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var command = new StepUpCommand(
            caller.Id,
            caller.SessionId,
            request.Password.NullIfEmpty(),
            new FactorProof(
                request.Code.NullIfEmpty(),
                request.RecoveryCode.NullIfEmpty(),
                request.ChallengeToken.NullIfEmpty(),
                request.Credential?.GetRawText()
            ),
            HttpContext.ReadClientInfo(),
            SentTokens.Present(request.DeviceToken, deviceCookie.Read(Request))
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.OrOwnerDeleted().ToActionResult(steppedUp => Ok(StepUpResponse.From(steppedUp)));
    }

    /// <summary>Returns the options for authenticating again with a passkey</summary>
    /// <remarks>Pass `options` to `navigator.credentials.get`, and send the result with `challengeToken` to the step-up.</remarks>
    /// <response code="200">The options, and the challenge to send back.</response>
    [HttpPost("passkey/options")]
    [Authorize]
    [ProducesResponseType<PasskeyOptionsResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> PasskeyOptions(CancellationToken cancellationToken)
    {
        var query = new StepUpPasskeyOptionsQuery(new CurrentUser(User).Id);
        var result = await mediator.Send(query, cancellationToken);
        return result.ToActionResult(options => Ok(PasskeyOptionsResponse.From(options)));
    }
}
