using Auth.Domain.Audit;

namespace Auth.Application.Abstractions;

/// <summary>Reads the audit log.</summary>
public interface IAuditQueries
{
    /// <summary>Returns the records after a cursor, newest first; null starts at the newest.</summary>
    Task<IReadOnlyList<AuditRecord>> ListAsync(
        AuditFilter filter,
        PageCursor? after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Returns all events about a user or caused by them, oldest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ListAllOfAsync(Guid userId, CancellationToken cancellationToken);
}

/// <summary>Filters audit records by user, type, and time from (inclusive) and to (exclusive); null means any.</summary>
public sealed record AuditFilter(Guid? UserId, string? Type, DateTimeOffset? From, DateTimeOffset? To);
