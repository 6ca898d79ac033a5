namespace Auth.Domain.Revocations;

/// <summary>
/// A note to all instances that access tokens no longer hold: those of one session, or those of one user below a token
/// version.
/// </summary>
public sealed class Revocation
{
    private Revocation() { }

    /// <summary>Given by the database, growing in the order of insertion.</summary>
    public long Id { get; private set; }

    /// <summary>The session or the user.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>Tokens of the user below this version are withdrawn; null where the subject is a session.</summary>
    public int? TokenVersion { get; private set; }

    /// <summary>Why; one of <see cref="RevocationReasons"/>.</summary>
    public string Reason { get; private set; } = null!;

    /// <summary>When it happened, by the clock of the instance that did it.</summary>
    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>Withdraws the access tokens of a session.</summary>
    public static Revocation OfSession(Guid sessionId, string reason, DateTimeOffset now) =>
        new()
        {
            SubjectId = sessionId,
            Reason = reason,
            OccurredAt = now,
        };

    /// <summary>Withdraws the access tokens of a user that are older than a token version.</summary>
    public static Revocation OfUser(Guid userId, int tokenVersion, string reason, DateTimeOffset now) =>
        new()
        {
            SubjectId = userId,
            TokenVersion = tokenVersion,
            Reason = reason,
            OccurredAt = now,
        };
}
