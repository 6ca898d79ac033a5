using Auth.Domain.Sessions;

namespace Auth.Domain.Audit;

/// <summary>Records events in the audit log.</summary>
public static class AuditLogExtensions
{
    /// <summary>Adds a record of an event; the type implies the outcome.</summary>
    /// <param name="audit">The audit log.</param>
    /// <param name="type">One of <see cref="AuditTypes"/>.</param>
    /// <param name="client">Where the request came from.</param>
    /// <param name="now">When it happened.</param>
    /// <param name="userId">The user it happened to.</param>
    /// <param name="actorId">The user who did it.</param>
    /// <param name="sessionId">The session it happened to or in.</param>
    /// <param name="detail">Any further detail.</param>
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
