using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Hosting;
using Auth.Api.OpenApi;
using Auth.Api.Problems;
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
    /// <summary>Lists the signing keys whose tokens hold or will, oldest first</summary>
    /// <response code="200">The keys. Withdrawn and removed ones are not among them.</response>
    [HttpGet]
    [Authorize(Permissions.KeysRead)]
    [ProducesResponseType<IReadOnlyList<KeyResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var keys = await mediator.Send(new ListKeysQuery(), cancellationToken);
        return Ok(keys.Select(KeyResponse.Of));
    }

    /// <summary>Replaces the signing key</summary>
    /// <remarks>
    /// The new key is announced now and signs after the announce period; tokens from before go on to hold. If a key is
    /// announced already, it is the answer. With `emergency` the new key signs at once and every other one is withdrawn:
    /// the tokens they signed are `INVALID_TOKEN` on all instances within seconds, and refreshing carries on.
    /// </remarks>
    /// <response code="201">The new key.</response>
    [HttpPost("rotate")]
    [Authorize(Permissions.KeysRotate)]
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
        return result.ToActionResult(key => Created(Request.PathTo("/api/keys"), KeyResponse.Of(key)));
    }
}
