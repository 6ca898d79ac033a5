using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Configuration;
using Auth.Api.Problems;
using Auth.Api.StepUp;
using Auth.Application.Keys;
using Auth.Domain.Roles;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Auth.Api.Keys;

/// <summary>The keys that sign access tokens.</summary>
[ApiController]
[Route("api/keys")]
[Tags("Keys")]
public sealed class KeysController(IMediator mediator) : ControllerBase
{
    /// <summary>Lists the signing keys, oldest first</summary>
    /// <response code="200">The keys, except revoked and removed ones.</response>
    [HttpGet]
    [Authorize(Permissions.KeysRead)]
    [ProducesResponseType<IReadOnlyList<KeyResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var keys = await mediator.Send(new ListKeysQuery(), cancellationToken);
        return Ok(keys.Select(KeyResponse.From));
    }

    /// <summary>Replaces the signing key</summary>
    /// <remarks>
    /// The new key is announced immediately and signs after the announcement period; existing tokens remain valid. If a key
    /// has already been announced, it is returned. With `emergency`, the new key signs immediately and all other keys are
    /// revoked: within seconds, every instance rejects tokens signed by them (`INVALID_TOKEN`). Refreshing still works.
    /// </remarks>
    /// <response code="201">The new key.</response>
    [HttpPost("rotate")]
    [Authorize(Permissions.KeysRotate)]
    [RequiresStepUp]
    [ProducesResponseType<KeyResponse>(StatusCodes.Status201Created)]
    [ProblemCodes("SHARED_SECRET", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Rotate(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RotateKeysRequest? request,
        CancellationToken cancellationToken
    )
    {
        var command = new RotateKeysCommand(
            request?.Emergency ?? false,
            new CurrentUser(User).Id,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(key => Created(Request.PathTo("/api/keys"), KeyResponse.From(key)));
    }
}
