using Auth.Api.Authentication;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.OAuth;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.OAuth;

/// <summary>The endpoints of OAuth 2.0 for other services.</summary>
[ApiController]
[Route("oauth")]
[Tags("OAuth")]
public sealed class OAuthController(IMediator mediator) : ControllerBase
{
    /// <summary>Issues an access token to a service</summary>
    /// <remarks>
    /// The body is a form (RFC 6749 §4.4). The service authenticates with its id and a secret: in the header `Authorization` with
    /// the scheme `Basic`, or as `client_id` and `client_secret`, but not both. The token is valid for five minutes. Errors
    /// have the form of RFC 6749 §5.2.
    /// </remarks>
    /// <response code="200">The access token.</response>
    /// <response code="400">The request is malformed, or asks for something else: `invalid_request`, `unsupported_grant_type` or `invalid_scope`.</response>
    /// <response code="401">The service could not be authenticated: `invalid_client`.</response>
    [HttpPost("token")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Tokens)]
    [ProducesResponseType<TokenResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<OAuthErrorResponse>(StatusCodes.Status400BadRequest)]
    [ProducesResponseType<OAuthErrorResponse>(StatusCodes.Status401Unauthorized)]
    [ProblemCodes("CONCURRENT_UPDATE")]
    public async Task<IActionResult> Token(TokenRequest request, CancellationToken cancellationToken)
    {
        if (ClientCredentialsReader.Read(Request, request.ClientId, request.ClientSecret) is not { } client)
        {
            return new OAuthProblemResult(OAuthErrors.InvalidRequest);
        }

        var command = new IssueTokenCommand(client, request.GrantType, request.Scope);
        var result = await mediator.Send(command, cancellationToken);
        return result.IsFailure ? new OAuthProblemResult(result.Error) : Ok(TokenResponse.From(result.Value));
    }

    /// <summary>Tells a service whether an access token is valid</summary>
    /// <remarks>
    /// The body is a form (RFC 7662). The service authenticates as for a token, and needs the permission `tokens:introspect`.
    /// The response is `{ "active": false }` for everything that is not a valid access token, which includes refresh tokens.
    /// The database is read, so that a revocation takes effect at once.
    /// </remarks>
    /// <response code="200">Whether the token is valid, and its claims.</response>
    /// <response code="400">The request is malformed: `invalid_request`.</response>
    /// <response code="401">The service could not be authenticated: `invalid_client`.</response>
    [HttpPost("introspect")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Introspection)]
    [ProducesResponseType<IntrospectionResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<OAuthErrorResponse>(StatusCodes.Status400BadRequest)]
    [ProducesResponseType<OAuthErrorResponse>(StatusCodes.Status401Unauthorized)]
    [ProblemCodes("FORBIDDEN", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Introspect(IntrospectionRequest request, CancellationToken cancellationToken)
    {
        if (ClientCredentialsReader.Read(Request, request.ClientId, request.ClientSecret) is not { } client)
        {
            return new OAuthProblemResult(OAuthErrors.InvalidRequest);
        }

        var result = await mediator.Send(new IntrospectTokenCommand(client, request.Token), cancellationToken);
        return result.IsFailure ? new OAuthProblemResult(result.Error) : Ok(IntrospectionResponse.From(result.Value));
    }

    /// <summary>Ends the session of a token</summary>
    /// <remarks>
    /// The body is a form (RFC 7009) with a refresh token or an access token, of a user or of a service. It proves itself: no
    /// client authentication is needed. The response is the same whether the token was valid or not.
    /// </remarks>
    /// <response code="200">The session has ended, if there was one.</response>
    /// <response code="400">The request is malformed: `invalid_request`.</response>
    [HttpPost("revoke")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Tokens)]
    [ProducesResponseType(StatusCodes.Status200OK)]
    [ProducesResponseType<OAuthErrorResponse>(StatusCodes.Status400BadRequest)]
    [ProblemCodes("CONCURRENT_UPDATE")]
    public async Task<IActionResult> Revoke(RevocationRequest request, CancellationToken cancellationToken)
    {
        var command = new RevokeTokenCommand(request.Token, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.IsFailure ? new OAuthProblemResult(result.Error) : Ok();
    }
}
