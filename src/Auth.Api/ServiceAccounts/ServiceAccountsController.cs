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

namespace Auth.Api.ServiceAccounts;

/// <summary>Service accounts: programs that get access tokens with a secret.</summary>
[ApiController]
[Route("api/service-accounts")]
[Tags("Service accounts")]
public sealed class ServiceAccountsController(IMediator mediator) : ControllerBase
{
    /// <summary>Lists the service accounts in alphabetical order</summary>
    /// <response code="200">All service accounts.</response>
    [HttpGet]
    [Authorize(Permissions.ServiceAccountsRead)]
    [ProducesResponseType<IReadOnlyList<ServiceAccountResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var accounts = await mediator.Send(new ListServiceAccountsQuery(), cancellationToken);
        return Ok(accounts.Select(ServiceAccountResponse.From));
    }

    /// <summary>Returns a service account</summary>
    /// <param name="id">The id of the account.</param>
    /// <response code="200">The service account.</response>
    [HttpGet("{id:guid}")]
    [Authorize(Permissions.ServiceAccountsRead)]
    [ProducesResponseType<ServiceAccountResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND")]
    public async Task<IActionResult> Get(Guid id, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new GetServiceAccountQuery(id), cancellationToken);
        return result.ToActionResult(account => Ok(ServiceAccountResponse.From(account)));
    }

    /// <summary>Creates a service account</summary>
    /// <remarks>
    /// It has no secret yet. Non-administrators can grant only roles whose permissions they all hold themselves. Only users can
    /// call this and the other routes for service accounts, whatever permissions a service has.
    /// </remarks>
    /// <param name="request">The service account.</param>
    /// <response code="201">The service account.</response>
    [HttpPost]
    [Authorize(Permissions.ServiceAccountsWrite)]
    [RequiresStepUp]
    [ProducesResponseType<ServiceAccountResponse>(StatusCodes.Status201Created)]
    [ProblemCodes("VALIDATION_FAILED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Create(CreateServiceAccountRequest request, CancellationToken cancellationToken)
    {
        var command = new CreateServiceAccountCommand(
            request.ToInput(),
            new CurrentUser(User).Id,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(account =>
            Created(Request.PathTo($"/api/service-accounts/{account.Id}"), ServiceAccountResponse.From(account))
        );
    }

    /// <summary>Replaces the name, description, roles and status of a service account</summary>
    /// <remarks>
    /// Other roles, or disabling the account, revoke its access tokens within seconds. Non-administrators can change only
    /// accounts whose permissions they all hold themselves.
    /// </remarks>
    /// <param name="id">The id of the account.</param>
    /// <param name="request">The service account.</param>
    /// <response code="200">The service account.</response>
    [HttpPut("{id:guid}")]
    [Authorize(Permissions.ServiceAccountsWrite)]
    [RequiresStepUp]
    [ProducesResponseType<ServiceAccountResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Replace(
        Guid id,
        ReplaceServiceAccountRequest request,
        CancellationToken cancellationToken
    )
    {
        var command = new ReplaceServiceAccountCommand(
            id,
            request.ToInput(),
            new CurrentUser(User).Id,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(account => Ok(ServiceAccountResponse.From(account)));
    }

    /// <summary>Deletes a service account with its secrets</summary>
    /// <remarks>Its access tokens are revoked within seconds.</remarks>
    /// <param name="id">The id of the account.</param>
    /// <response code="204">The service account has been deleted.</response>
    [HttpDelete("{id:guid}")]
    [Authorize(Permissions.ServiceAccountsWrite)]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Delete(Guid id, CancellationToken cancellationToken)
    {
        var command = new DeleteServiceAccountCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
