using Auth.Domain.Common;

namespace Auth.Domain.Mail;

/// <summary>Errors about flows.</summary>
public static class MailFlowErrors
{
    /// <summary>The same for a token or code that is wrong, used, expired, superseded or somebody else's.</summary>
    public static readonly Error InvalidOrExpiredToken = new(
        "INVALID_OR_EXPIRED_TOKEN",
        "The link or code is invalid or has expired. Request a new one.",
        ErrorKind.Validation
    );

    /// <summary>The user has accepted the invitation, or was never invited.</summary>
    public static readonly Error NotInvited = new(
        "NOT_INVITED",
        "This user has no open invitation.",
        ErrorKind.Conflict
    );
}
