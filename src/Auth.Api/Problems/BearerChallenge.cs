using Auth.Domain.Common;
using Microsoft.AspNetCore.Authorization;

namespace Auth.Api.Problems;

/// <summary>Builds the header <c>WWW-Authenticate</c> (RFC 6750 §3, RFC 9470 §3).</summary>
internal static class BearerChallenge
{
    private const string Plain = "Bearer";
    private const string InvalidToken = "Bearer error=\"invalid_token\"";
    private const string InsufficientScope = "Bearer error=\"insufficient_scope\"";

    /// <summary>Returns the value of the header; null if a bearer token would not help.</summary>
    public static string? For(HttpContext context, Error error, int status) =>
        context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? null
            : (status, error.Code) switch
            {
                (StatusCodes.Status403Forbidden, "FORBIDDEN") => InsufficientScope,
                (StatusCodes.Status401Unauthorized, "TOKEN_EXPIRED" or "INVALID_TOKEN" or "TOKEN_REVOKED") =>
                    InvalidToken,
                _ when error.StepUp is { } stepUp =>
                    $"Bearer error=\"insufficient_user_authentication\", max_age=\"{(long)stepUp.MaxAge.TotalSeconds}\", "
                        + $"acr_values=\"{stepUp.AcrValues}\"",
                // Another scheme is a missing token, not an invalid one (§3.1).
                (StatusCodes.Status401Unauthorized, "INVALID_FORMAT") => BearerHeader.IsAttempt(
                    context.Request.Headers.Authorization
                )
                    ? InvalidToken
                    : Plain,
                // A wrong password with a valid token, or no token at all: there is no error to report.
                (StatusCodes.Status401Unauthorized, _) => Plain,
                _ => null,
            };
}
