namespace Auth.Domain.Audit;

/// <summary>The audit log.</summary>
public interface IAuditLog
{
    /// <summary>Adds a record, which is saved together with the change that it records.</summary>
    void Add(AuditRecord record);

    /// <summary>
    /// Erases address and user agent from the records of what a user did and of failed sign-ins to their account, with the
    /// next save. The user's id is kept: without the user it is a pseudonym.
    /// </summary>
    void ErasePersonalDataOf(Guid userId);
}
