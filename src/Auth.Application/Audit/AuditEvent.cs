using Auth.Domain.Audit;

namespace Auth.Application.Audit;

/// <summary>What happened, to whom, by whom, from where.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Type">What happened.</param>
/// <param name="Outcome">Whether it succeeded.</param>
/// <param name="UserId">The user it happened to.</param>
/// <param name="ActorId">The user who did it.</param>
/// <param name="SessionId">The session it happened to or in.</param>
/// <param name="IpAddress">The client's address.</param>
/// <param name="UserAgent">The client's user agent.</param>
/// <param name="Detail">What else matters.</param>
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
    /// <summary>Shows a record.</summary>
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
