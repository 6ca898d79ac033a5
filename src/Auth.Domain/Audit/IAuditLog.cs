using Auth.Domain.Sessions;

namespace Auth.Domain.Audit;

/// <summary>The record of what happened.</summary>
public interface IAuditLog
{
    /// <summary>Adds a record; it is stored together with the change that it records.</summary>
    void Add(AuditRecord record);

    /// <summary>Adds a record of an event.</summary>
    /// <param name="type">One of <see cref="AuditTypes"/>.</param>
    /// <param name="client">Where the request came from.</param>
    /// <param name="now">When it happened.</param>
    /// <param name="userId">The user it happened to.</param>
    /// <param name="actorId">The user who did it.</param>
    /// <param name="sessionId">The session it happened to or in.</param>
    /// <param name="detail">Any further detail.</param>
    void Record(
        string type,
        ClientInfo client,
        DateTimeOffset now,
        Guid? userId = null,
        Guid? actorId = null,
        Guid? sessionId = null,
        string? detail = null
    ) => Add(AuditRecord.Create(type, AuditTypes.OutcomeOf(type), client, now, userId, actorId, sessionId, detail));

    /// <summary>
    /// Erases address and user agent from what a user did and from what was tried in their name, together with the change
    /// that is stored next. The user's id stays: without the user it is a pseudonym.
    /// </summary>
    void ErasePersonalDataOf(Guid userId);
}
