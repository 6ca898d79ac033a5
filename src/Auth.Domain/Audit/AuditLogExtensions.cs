using Auth.Domain.Sessions;

namespace Auth.Domain.Audit;

/// <summary>Records events in the audit log.</summary>
public static class AuditLogExtensions
{
    /// <summary>Adds a record of an event; the type implies the outcome.</summary>
    /// <param name="audit">The audit log.</param>
    /// <param name="type">The type; one of <see cref="AuditTypes"/>.</param>
    /// <param name="client">The client that sent the request.</param>
    /// <param name="now">The current time.</param>
    /// <param name="userId">The user whom the event is about.</param>
    /// <param name="actorId">The user who did it.</param>
    /// <param name="sessionId">The session that the event is about, or in which it occurred.</param>
    /// <param name="detail">Further details.</param>
    public static void Record(
        this IAuditLog audit,
        string type,
        ClientInfo client,
        DateTimeOffset now,
        Guid? userId = null,
        Guid? actorId = null,
        Guid? sessionId = null,
        string? detail = null
    ) =>
        audit.Add(
            AuditRecord.Create(type, AuditTypes.OutcomeOf(type), client, now, userId, actorId, sessionId, detail)
        );
}
