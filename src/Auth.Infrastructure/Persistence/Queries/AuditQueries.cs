using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Queries;

internal sealed class AuditQueries(AppDbContext context) : IAuditQueries
{
    public async Task<IReadOnlyList<AuditRecord>> ListAsync(
        AuditFilter filter,
        PageCursor? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var records = context.AuditRecords.AsNoTracking();
        if (after is { } place)
        {
            records = records.Where(record =>
                record.OccurredAt <= place.At && (record.OccurredAt < place.At || record.Id.CompareTo(place.Id) < 0)
            );
        }

        if (filter.UserId is { } userId)
        {
            records = records.Where(record => record.UserId == userId);
        }

        if (filter.Type is { } type)
        {
            records = records.Where(record => record.Type == type);
        }

        if (filter.From is { } from)
        {
            records = records.Where(record => record.OccurredAt >= from);
        }

        if (filter.To is { } to)
        {
            records = records.Where(record => record.OccurredAt < to);
        }

        return await records
            .OrderByDescending(record => record.OccurredAt)
            .ThenByDescending(record => record.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AuditRecord>> ListAllOfAsync(Guid userId, CancellationToken cancellationToken) =>
        await context
            .AuditRecords.AsNoTracking()
            .Where(record => record.UserId == userId || record.ActorId == userId)
            .OrderBy(record => record.OccurredAt)
            .ThenBy(record => record.Id)
            .ToListAsync(cancellationToken);
}
