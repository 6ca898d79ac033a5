using Auth.Domain.Common;

namespace Auth.Domain.Mail;

/// <summary>Errors about flows.</summary>
public static class MailFlowErrors
{
    /// <summary>The user has accepted the invitation, or was never invited.</summary>
    public static readonly Error NotInvited = new(
        "NOT_INVITED",
        "This user has no open invitation.",
        ErrorKind.Conflict
    );
}
