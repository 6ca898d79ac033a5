namespace Auth.Infrastructure.Mail;

/// <summary>How the outbox was when it was last read.</summary>
internal sealed class MailStatus
{
    /// <summary>The last reading; null if there is none, or the last attempt failed.</summary>
    public MailCounts? Counts { get; set; }
}

/// <summary>The mails that need attention.</summary>
/// <param name="Waiting">How many are waiting to be sent.</param>
/// <param name="OldestAt">When the oldest of them was asked for; null if there is none.</param>
/// <param name="Expired">How many were given up in the last 24 hours because they could not be delivered.</param>
internal sealed record MailCounts(int Waiting, DateTimeOffset? OldestAt, int Expired)
{
    /// <summary>How long mails may wait before that is a problem.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    /// <summary>Whether mails are not delivered.</summary>
    public bool IsDegraded(DateTimeOffset now) => Expired > 0 || OldestAt < now - MaxAge;
}
