namespace Auth.Domain.Audit;

/// <summary>The record of what happened.</summary>
public interface IAuditLog
{
    /// <summary>Adds a record; it is stored together with the change that it records.</summary>
    void Add(AuditRecord record);

    /// <summary>
    /// Erases address and user agent from what a user did and from what was tried in their name, together with the change
    /// that is stored next. The user's id stays: without the user it is a pseudonym.
    /// </summary>
    void ErasePersonalDataOf(Guid userId);
}
