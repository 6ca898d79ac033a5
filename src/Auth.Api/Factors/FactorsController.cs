using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Configuration;
using Auth.Api.Problems;
using Auth.Api.StepUp;
using Auth.Application.Factors;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Factors;

/// <summary>The caller's second factors.</summary>
[ApiController]
[Route("api/auth/factors")]
[Tags("Second factors")]
public sealed class FactorsController(IMediator mediator) : ControllerBase
{
    /// <summary>Lists the caller's second factors</summary>
    /// <response code="200">The factors, and how many recovery codes are left.</response>
    [HttpGet]
    [Authorize]
    [ProducesResponseType<FactorListResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken) =>
        Ok(FactorListResponse.From(await mediator.Send(new ListFactorsQuery(Caller.Id), cancellationToken)));

    /// <summary>Begins the enrolment of an authenticator app</summary>
    /// <remarks>
    /// The app is not used until a code that it shows has confirmed the enrolment, within ten minutes. Another enrolment replaces
    /// one that is not confirmed.
    /// </remarks>
    /// <response code="201">The secret to put into the app.</response>
    [HttpPost("totp")]
    [Authorize]
    [RequiresStepUp]
    [ProducesResponseType<TotpEnrolmentResponse>(StatusCodes.Status201Created)]
    [ProblemCodes("VALIDATION_FAILED", "FACTOR_LIMIT_REACHED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> EnrolTotp(EnrolTotpRequest request, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new EnrolTotpCommand(Caller.Id, request.Name), cancellationToken);
        return result
            .OrOwnerDeleted()
            .ToActionResult(enrolment =>
                Created(Request.PathTo("/api/auth/factors"), TotpEnrolmentResponse.From(enrolment))
            );
    }

    /// <summary>Confirms the enrolment of an authenticator app</summary>
    /// <remarks>Sign-ins require a second factor from now on. Earlier access tokens are revoked; refresh, and carry on.</remarks>
    /// <response code="200">The recovery codes, with the first factor.</response>
    [HttpPost("totp/{id:guid}/confirm")]
    [Authorize]
    [ProducesResponseType<RecoveryCodesResponse>(StatusCodes.Status200OK)]
    [ProblemCodes(
        "VALIDATION_FAILED",
        "INVALID_CODE",
        "STEP_UP_REQUIRED",
        "NOT_FOUND",
        "FACTOR_LIMIT_REACHED",
        "CONCURRENT_UPDATE"
    )]
    public async Task<IActionResult> ConfirmTotp(
        Guid id,
        ConfirmTotpRequest request,
        CancellationToken cancellationToken
    )
    {
        var client = HttpContext.ReadClientInfo();
        var command = new ConfirmTotpCommand(Caller.Id, Caller.SessionId, id, request.Code, client);
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(enrolled => Ok(new RecoveryCodesResponse(enrolled.RecoveryCodes)));
    }

    /// <summary>Returns the options for adding a passkey</summary>
    /// <remarks>Pass `options` to `navigator.credentials.create`, and send the result with `challengeToken`.</remarks>
    /// <response code="200">The options, and the challenge to send back.</response>
    [HttpPost("passkeys/options")]
    [Authorize]
    [RequiresStepUp]
    [ProducesResponseType<PasskeyOptionsResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("FACTOR_LIMIT_REACHED")]
    public async Task<IActionResult> PasskeyOptions(CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new PasskeyRegistrationOptionsQuery(Caller.Id), cancellationToken);
        return result.OrOwnerDeleted().ToActionResult(options => Ok(PasskeyOptionsResponse.From(options)));
    }

    /// <summary>Adds a passkey</summary>
    /// <remarks>It is both a second factor and a way to sign in without a password.</remarks>
    /// <response code="201">The passkey, and the recovery codes with the first factor.</response>
    [HttpPost("passkeys")]
    [Authorize]
    [ProducesResponseType<AddedPasskeyResponse>(StatusCodes.Status201Created)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_OR_EXPIRED_TOKEN", "FACTOR_LIMIT_REACHED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> AddPasskey(AddPasskeyRequest request, CancellationToken cancellationToken)
    {
        var command = new AddPasskeyCommand(
            Caller.Id,
            Caller.SessionId,
            request.ChallengeToken,
            request.Credential?.GetRawText(),
            request.Name,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(enrolled =>
            Created(Request.PathTo("/api/auth/factors"), AddedPasskeyResponse.From(enrolled))
        );
    }

    /// <summary>Renames a factor</summary>
    /// <response code="200">The factor.</response>
    [HttpPatch("{id:guid}")]
    [Authorize]
    [ProducesResponseType<FactorResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Rename(Guid id, RenameFactorRequest request, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new RenameFactorCommand(Caller.Id, id, request.Name), cancellationToken);
        return result.ToActionResult(factor => Ok(FactorResponse.From(factor)));
    }

    /// <summary>Removes a factor</summary>
    /// <remarks>The recovery codes go with the last one. Earlier access tokens are revoked; refresh, and carry on.</remarks>
    /// <response code="204">The factor has been removed.</response>
    [HttpDelete("{id:guid}")]
    [Authorize]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Remove(Guid id, CancellationToken cancellationToken)
    {
        var command = new RemoveFactorCommand(Caller.Id, id, HttpContext.ReadClientInfo());
        return (await mediator.Send(command, cancellationToken)).ToActionResult();
    }

    /// <summary>Replaces the recovery codes</summary>
    /// <response code="200">The new codes; earlier ones are no longer valid.</response>
    [HttpPost("recovery-codes")]
    [Authorize]
    [RequiresStepUp]
    [ProducesResponseType<RecoveryCodesResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> RenewRecoveryCodes(CancellationToken cancellationToken)
    {
        var command = new RenewRecoveryCodesCommand(Caller.Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(list => Ok(new RecoveryCodesResponse(list.Codes)));
    }

    private CurrentUser Caller => new(User);
}
