using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.Authentication;
using Auth.Application.Factors;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.Authentication;

/// <summary>Signing in with a second factor or a passkey.</summary>
[ApiController]
[Route("api/auth/login")]
[Tags("Authentication")]
public sealed class SecondFactorController(
    IMediator mediator,
    SignInDelivery delivery,
    RefreshTokenCookie refreshTokenCookie,
    DeviceCookie deviceCookie,
    CrossSiteRule crossSite
) : ControllerBase
{
    /// <summary>Completes a sign-in with the second factor</summary>
    /// <remarks>Send the `challenge` of `SECOND_FACTOR_REQUIRED` with exactly one of a code, a recovery code and a passkey.</remarks>
    /// <response code="200">The user is signed in.</response>
    [HttpPost("second-factor")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Login)]
    [ProducesResponseType<SignInResponse>(StatusCodes.Status200OK)]
    [ProblemCodes(
        "VALIDATION_FAILED",
        "INVALID_OR_EXPIRED_TOKEN",
        "INVALID_CODE",
        "CROSS_SITE_REQUEST",
        "CONCURRENT_UPDATE"
    )]
    public async Task<IActionResult> SecondFactor(SecondFactorRequest request, CancellationToken cancellationToken)
    {
        if (SignInDelivery.LosesCookie(Request, request.RefreshTokenIn))
        {
            return new ProblemResult(RequestErrors.CookieFromAnotherSite);
        }

        var credential = request.Credential?.GetRawText();
        var command = new LoginSecondFactorCommand(
            request.Challenge,
            new FactorProof(
                request.Code.NullIfEmpty(),
                request.RecoveryCode.NullIfEmpty(),
                request.ChallengeToken.NullIfEmpty(),
                credential
            ),
            HttpContext.ReadClientInfo(),
            SentTokens.Present(request.DeviceToken, deviceCookie.Read(Request)),
            FindReplaced(request.RefreshTokenIn)
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(signIn =>
            Ok(delivery.Deliver(Response, signIn, request.RefreshTokenIn, request.DeviceToken))
        );
    }

    /// <summary>Returns the options for signing in with a passkey</summary>
    /// <remarks>
    /// Pass `options` to `navigator.credentials.get`, and send the result with `challengeToken`. Without a `challenge`, they are the same
    /// for everybody.
    /// </remarks>
    /// <response code="200">The options, and the challenge to send back.</response>
    [HttpPost("passkey/options")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Login)]
    [ProducesResponseType<PasskeyOptionsResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("INVALID_OR_EXPIRED_TOKEN")]
    public async Task<IActionResult> PasskeyOptions(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] LoginPasskeyOptionsRequest? request,
        CancellationToken cancellationToken
    )
    {
        var query = new LoginPasskeyOptionsQuery(
            request?.Challenge.NullIfEmpty(),
            SentTokens.Present(request?.DeviceToken, deviceCookie.Read(Request))
        );
        var result = await mediator.Send(query, cancellationToken);
        return result.ToActionResult(options => Ok(PasskeyOptionsResponse.From(options)));
    }

    /// <summary>Signs in with a passkey</summary>
    /// <remarks>No password is needed: the passkey is both factors.</remarks>
    /// <response code="200">The user is signed in.</response>
    [HttpPost("passkey")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimitPolicies.Login)]
    [ProducesResponseType<SignInResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_CREDENTIALS", "CROSS_SITE_REQUEST", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Passkey(LoginPasskeyRequest request, CancellationToken cancellationToken)
    {
        if (SignInDelivery.LosesCookie(Request, request.RefreshTokenIn))
        {
            return new ProblemResult(RequestErrors.CookieFromAnotherSite);
        }

        var command = new LoginPasskeyCommand(
            request.ChallengeToken,
            request.Credential?.GetRawText(),
            HttpContext.ReadClientInfo(),
            SentTokens.Present(request.DeviceToken, deviceCookie.Read(Request)),
            FindReplaced(request.RefreshTokenIn)
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(signIn =>
            Ok(delivery.Deliver(Response, signIn, request.RefreshTokenIn, request.DeviceToken))
        );
    }

    private string? FindReplaced(string? refreshTokenIn) =>
        RefreshTokenPlaceAttribute.IsBody(refreshTokenIn) || crossSite.Refuses(Request)
            ? null
            : refreshTokenCookie.Read(Request);
}
