using Auth.Domain.Sessions;

namespace Auth.Domain.Audit;

/// <summary>What happened, to whom, by whom, from where; stored together with the change that it records.</summary>
public sealed class AuditRecord
{
    /// <summary>The longest detail, in characters.</summary>
    public const int DetailMaxLength = 1000;

    private AuditRecord() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>What happened; one of <see cref="AuditTypes"/>.</summary>
    public string Type { get; private set; } = null!;

    /// <summary>Whether it succeeded.</summary>
    public AuditOutcome Outcome { get; private set; }

    /// <summary>The user it happened to.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>The user who did it.</summary>
    public Guid? ActorId { get; private set; }

    /// <summary>The session it happened to or in.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>The client's address.</summary>
    public string? IpAddress { get; private set; }

    /// <summary>The client's user agent.</summary>
    public string? UserAgent { get; private set; }

    /// <summary>What else matters. Never a password, a token, a hash or personal data.</summary>
    public string? Detail { get; private set; }

    /// <summary>Makes a record.</summary>
    public static AuditRecord Create(
        string type,
        AuditOutcome outcome,
        ClientInfo client,
        DateTimeOffset now,
        Guid? userId = null,
        Guid? actorId = null,
        Guid? sessionId = null,
        string? detail = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            OccurredAt = now,
            Type = type,
            Outcome = outcome,
            UserId = userId,
            ActorId = actorId,
            SessionId = sessionId,
            IpAddress = client.IpAddress,
            UserAgent = client.UserAgent,
            Detail = detail,
        };
}
