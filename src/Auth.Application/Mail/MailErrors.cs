using Auth.Domain.Common;

namespace Auth.Application.Mail;

/// <summary>Errors about mail.</summary>
public static class MailErrors
{
    /// <summary>The service sends no mail.</summary>
    public static readonly Error SwitchedOff = CommonErrors.ServiceUnavailable with
    {
        Message = "This service sends no mail: the transport is not configured (Mail:Transport).",
    };
}
