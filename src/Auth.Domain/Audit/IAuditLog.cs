namespace Auth.Domain.Audit;

/// <summary>The record of what happened.</summary>
public interface IAuditLog
{
    /// <summary>Adds a record; it is stored together with the change that it records.</summary>
    void Add(AuditRecord record);
}
