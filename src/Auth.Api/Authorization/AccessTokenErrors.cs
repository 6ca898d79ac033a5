using Auth.Domain.Common;
using Auth.Domain.Revocations;

namespace Auth.Api.Authorization;

/// <summary>The errors of access tokens.</summary>
public static class AccessTokenErrors
{
    /// <summary>The request has no access token.</summary>
    public static readonly Error Missing = new(
        "MISSING_TOKEN",
        "An access token is required. Send it in the Authorization header with the scheme Bearer.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The header is malformed.</summary>
    public static readonly Error InvalidFormat = new(
        "INVALID_FORMAT",
        "The Authorization header must have the form Bearer <token>.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The token has expired.</summary>
    public static readonly Error Expired = new(
        "TOKEN_EXPIRED",
        "The access token has expired. Refresh it.",
        ErrorKind.Unauthenticated
    );

    /// <summary>Any other reason; the details are only logged.</summary>
    public static readonly Error Invalid = new(
        "INVALID_TOKEN",
        "The access token is invalid.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The token was genuine and has been revoked.</summary>
    public static readonly Error Revoked = new(
        "TOKEN_REVOKED",
        "The access token has been revoked; see `reason`.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The user has been deleted, and this instance has not read the revocation yet.</summary>
    public static readonly Error OwnerDeleted = Revoked with { Reason = RevocationReasons.UserDeleted };
}

/// <summary>Adapts results about the caller's own account.</summary>
internal static class CallerResults
{
    /// <summary>Turns "user not found" into a revoked token, for requests about the caller's own account.</summary>
    public static Result OrOwnerDeleted(this Result result) =>
        result.Error == CommonErrors.NotFound ? AccessTokenErrors.OwnerDeleted : result;

    /// <inheritdoc cref="OrOwnerDeleted(Result)"/>
    public static Result<T> OrOwnerDeleted<T>(this Result<T> result)
        where T : notnull => result.Error == CommonErrors.NotFound ? AccessTokenErrors.OwnerDeleted : result;
}
