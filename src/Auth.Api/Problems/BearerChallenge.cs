using Auth.Domain.Common;
using Microsoft.AspNetCore.Authorization;

namespace Auth.Api.Problems;

/// <summary>What <c>WWW-Authenticate</c> says about a refused request (RFC 6750 §3, RFC 9470 §3).</summary>
internal static class BearerChallenge
{
    private const string Plain = "Bearer";
    private const string InvalidToken = "Bearer error=\"invalid_token\"";
    private const string InsufficientAuthentication = "Bearer error=\"insufficient_user_authentication\"";
    private const string InsufficientScope = "Bearer error=\"insufficient_scope\"";

    /// <summary>The header's value; null where no bearer token would help.</summary>
    public static string? For(HttpContext context, Error error, int status) =>
        context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? null
            : (status, error.Code) switch
            {
                (StatusCodes.Status403Forbidden, "FORBIDDEN") => InsufficientScope,
                (StatusCodes.Status401Unauthorized, "TOKEN_EXPIRED" or "INVALID_TOKEN" or "TOKEN_REVOKED") =>
                    InvalidToken,
                (StatusCodes.Status401Unauthorized, "REAUTHENTICATION_REQUIRED") => InsufficientAuthentication,
                // Another scheme is no bad token, it is none (§3.1).
                (StatusCodes.Status401Unauthorized, "INVALID_FORMAT") => BearerHeader.IsAttempt(
                    context.Request.Headers.Authorization
                )
                    ? InvalidToken
                    : Plain,
                // A wrong password beside a good token, or no token at all: there is no error to name.
                (StatusCodes.Status401Unauthorized, _) => Plain,
                _ => null,
            };
}
