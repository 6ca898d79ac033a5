namespace Auth.Domain.Revocations;

/// <summary>
/// Tells all instances that access tokens are no longer valid: those of one session, those of one user below a token
/// version, or those that name one role and are older than a change of its permissions.
/// </summary>
public sealed class Revocation
{
    private Revocation() { }

    /// <summary>Given by the database, growing in the order of insertion.</summary>
    public long Id { get; private set; }

    /// <summary>The session, the user or the role.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>Tokens of the user or with the role below this version are revoked; null where the subject is a session.</summary>
    public int? TokenVersion { get; private set; }

    /// <summary>The name of the role, as tokens have it; null where the subject is none.</summary>
    public string? Role { get; private set; }

    /// <summary>Why; one of <see cref="RevocationReasons"/>.</summary>
    public string Reason { get; private set; } = null!;

    /// <summary>When it happened, by the clock of the instance that did it.</summary>
    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>Revokes the access tokens of a session.</summary>
    public static Revocation OfSession(Guid sessionId, string reason, DateTimeOffset now) =>
        new()
        {
            SubjectId = sessionId,
            Reason = reason,
            OccurredAt = now,
        };

    /// <summary>Revokes the access tokens of a user that are older than a token version.</summary>
    public static Revocation OfUser(Guid userId, int tokenVersion, string reason, DateTimeOffset now) =>
        new()
        {
            SubjectId = userId,
            TokenVersion = tokenVersion,
            Reason = reason,
            OccurredAt = now,
        };

    /// <summary>Revokes the access tokens that name a role and are older than the last change of its permissions.</summary>
    public static Revocation OfRole(Guid roleId, string role, int permissionsVersion, DateTimeOffset now) =>
        new()
        {
            SubjectId = roleId,
            Role = role,
            TokenVersion = permissionsVersion,
            Reason = RevocationReasons.RolesChanged,
            OccurredAt = now,
        };
}
