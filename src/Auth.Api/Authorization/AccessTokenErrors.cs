using Auth.Domain.Common;
using Auth.Domain.Revocations;

namespace Auth.Api.Authorization;

/// <summary>What can be wrong with an access token.</summary>
public static class AccessTokenErrors
{
    /// <summary>There is none.</summary>
    public static readonly Error Missing = new(
        "MISSING_TOKEN",
        "An access token is required. Send it in the Authorization header with the scheme Bearer.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The header is not the word Bearer and one token.</summary>
    public static readonly Error InvalidFormat = new(
        "INVALID_FORMAT",
        "The Authorization header must be the scheme Bearer and one token.",
        ErrorKind.Unauthenticated
    );

    /// <summary>Its time is over.</summary>
    public static readonly Error Expired = new(
        "TOKEN_EXPIRED",
        "The access token has expired. Refresh it.",
        ErrorKind.Unauthenticated
    );

    /// <summary>Anything else is wrong with it. What exactly is the log's business.</summary>
    public static readonly Error Invalid = new(
        "INVALID_TOKEN",
        "The access token is invalid.",
        ErrorKind.Unauthenticated
    );

    /// <summary>It was genuine and has been withdrawn.</summary>
    public static readonly Error Revoked = new(
        "TOKEN_REVOKED",
        "The access token has been revoked; see `reason`.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The account it belongs to is gone, which this instance may have seen before the revocation.</summary>
    public static readonly Error OwnerDeleted = Revoked with { Reason = RevocationReasons.UserDeleted };
}

/// <summary>What is found about the caller has an answer of its own.</summary>
internal static class CallerResults
{
    /// <summary>Where the caller's own account is not found, their token is what no longer holds.</summary>
    public static Result OrOwnerDeleted(this Result result) =>
        result.Error == CommonErrors.NotFound ? AccessTokenErrors.OwnerDeleted : result;

    /// <inheritdoc cref="OrOwnerDeleted(Result)"/>
    public static Result<T> OrOwnerDeleted<T>(this Result<T> result)
        where T : notnull => result.Error == CommonErrors.NotFound ? AccessTokenErrors.OwnerDeleted : result;
}
