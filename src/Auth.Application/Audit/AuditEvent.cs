using Auth.Domain.Audit;

namespace Auth.Application.Audit;

/// <summary>The read model of an audit record. The members are those of <see cref="AuditRecord"/>.</summary>
public sealed record AuditEvent(
    Guid Id,
    DateTimeOffset OccurredAt,
    string Type,
    AuditOutcome Outcome,
    Guid? UserId,
    Guid? ActorId,
    Guid? SessionId,
    string? IpAddress,
    string? UserAgent,
    string? Detail
)
{
    /// <summary>Creates the read model of a record.</summary>
    public static AuditEvent From(AuditRecord record) =>
        new(
            record.Id,
            record.OccurredAt,
            record.Type,
            record.Outcome,
            record.UserId,
            record.ActorId,
            record.SessionId,
            record.IpAddress,
            record.UserAgent,
            record.Detail
        );
}
