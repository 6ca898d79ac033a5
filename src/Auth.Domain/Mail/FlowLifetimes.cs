namespace Auth.Domain.Mail;

/// <summary>How long codes and links are valid.</summary>
public static class FlowLifetimes
{
    /// <summary>How long codes are valid.</summary>
    public static readonly TimeSpan Code = TimeSpan.FromMinutes(10);

    /// <summary>How long the link of a purpose is valid.</summary>
    public static TimeSpan OfLink(FlowPurpose purpose) =>
        purpose switch
        {
            FlowPurpose.PasswordReset => TimeSpan.FromMinutes(30),
            FlowPurpose.Invitation or FlowPurpose.EmailChangeUndo => TimeSpan.FromDays(7),
            _ => TimeSpan.FromHours(24),
        };

    /// <summary>Whether mails of a purpose have a code. It takes a flow token, which only those who start a flow get.</summary>
    public static bool HasCode(FlowPurpose purpose) =>
        purpose is not (FlowPurpose.Invitation or FlowPurpose.EmailChangeUndo);
}
