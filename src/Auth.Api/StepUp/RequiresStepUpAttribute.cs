using Auth.Api.Authorization;
using Auth.Api.Problems;
using Auth.Application.StepUp;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Auth.Api.StepUp;

/// <summary>
/// Declares that an action requires a recent authentication (RFC 9470). It is checked after authentication and permissions,
/// and before the request is read. Services are exempt.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresStepUpAttribute : Attribute, IAsyncAuthorizationFilter
{
    /// <summary>The route value with the id of a session for which it is not required if it is the current one; null for none.</summary>
    public string? UnlessCurrentSession { get; init; }

    /// <inheritdoc/>
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var caller = new CurrentUser(context.HttpContext.User);
        if (caller.IsService)
        {
            return; // a program has nothing to authenticate again with
        }

        if (
            UnlessCurrentSession is { } session
            && Guid.TryParse(context.RouteData.Values[session] as string, out var id)
            && id == caller.SessionId
        )
        {
            return;
        }

        var isAdministrative = context
            .ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>()
            .Any(data => data.Policy is not null);
        var mediator = context.HttpContext.RequestServices.GetRequiredService<IMediator>();
        var query = new CheckStepUpQuery(
            caller.Id,
            caller.Roles,
            caller.AuthenticatedAt,
            caller.AuthenticationContext,
            isAdministrative
        );
        var result = await mediator.Send(query, context.HttpContext.RequestAborted);
        if (result.IsFailure)
        {
            context.Result = new ProblemResult(result.Error);
        }
    }
}
