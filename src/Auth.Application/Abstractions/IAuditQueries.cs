using Auth.Domain.Audit;

namespace Auth.Application.Abstractions;

/// <summary>Reads the audit log.</summary>
public interface IAuditQueries
{
    /// <summary>Records, newest first.</summary>
    /// <param name="filter">Which records.</param>
    /// <param name="after">The place to start behind; null for the newest.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<AuditRecord>> ListAsync(
        AuditFilter filter,
        PageCursor? after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>All that happened to a user or was done by them, oldest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ListAllOfAsync(Guid userId, CancellationToken cancellationToken);
}

/// <summary>Which audit records to list; null means any.</summary>
/// <param name="UserId">The user it happened to.</param>
/// <param name="Type">The type of event.</param>
/// <param name="From">At this instant or later.</param>
/// <param name="To">Before this instant.</param>
public sealed record AuditFilter(Guid? UserId, string? Type, DateTimeOffset? From, DateTimeOffset? To);
