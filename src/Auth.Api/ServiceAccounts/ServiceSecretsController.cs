using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Configuration;
using Auth.Api.Problems;
using Auth.Api.StepUp;
using Auth.Application.ServiceAccounts;
using Auth.Domain.Roles;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Auth.Api.ServiceAccounts;

/// <summary>The secrets of service accounts.</summary>
[ApiController]
[Route("api/service-accounts/{id:guid}/secrets")]
[Tags("Service accounts")]
public sealed class ServiceSecretsController(IMediator mediator) : ControllerBase
{
    /// <summary>Lists the secrets of a service account, oldest first</summary>
    /// <param name="id">The id of the account.</param>
    /// <response code="200">The secrets, without the secrets themselves.</response>
    [HttpGet]
    [Authorize(Permissions.ServiceAccountsRead)]
    [ProducesResponseType<IReadOnlyList<ServiceSecretResponse>>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND")]
    public async Task<IActionResult> List(Guid id, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new ListServiceSecretsQuery(id), cancellationToken);
        return result.ToActionResult(secrets => Ok(secrets.Select(ServiceSecretResponse.From)));
    }

    /// <summary>Adds a secret to a service account</summary>
    /// <remarks>
    /// The response is the only place where the secret is ever shown. To rotate secrets without an interruption: add a second
    /// one, configure the service with it, and delete the first one.
    /// </remarks>
    /// <param name="id">The id of the account.</param>
    /// <param name="request">The expiry; no body for a secret that does not expire.</param>
    /// <response code="201">The secret.</response>
    [HttpPost]
    [Authorize(Permissions.ServiceAccountsWrite)]
    [RequiresStepUp]
    [ProducesResponseType<AddedServiceSecretResponse>(StatusCodes.Status201Created)]
    [ProblemCodes("VALIDATION_FAILED", "NOT_FOUND", "SECRET_LIMIT_REACHED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Add(
        Guid id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] AddServiceSecretRequest? request,
        CancellationToken cancellationToken
    )
    {
        var command = new AddServiceSecretCommand(
            id,
            request?.ExpiresAt,
            new CurrentUser(User).Id,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(added =>
            Created(Request.PathTo($"/api/service-accounts/{id}/secrets"), AddedServiceSecretResponse.From(added))
        );
    }

    /// <summary>Deletes a secret of a service account</summary>
    /// <remarks>The access tokens that were issued for it are revoked within seconds; those of the other secret are not.</remarks>
    /// <param name="id">The id of the account.</param>
    /// <param name="secretId">The id of the secret.</param>
    /// <response code="204">The secret has been deleted.</response>
    [HttpDelete("{secretId:guid}")]
    [Authorize(Permissions.ServiceAccountsWrite)]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Delete(Guid id, Guid secretId, CancellationToken cancellationToken)
    {
        var command = new RemoveServiceSecretCommand(
            id,
            secretId,
            new CurrentUser(User).Id,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
