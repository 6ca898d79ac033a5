using Auth.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class AuditLog(AppDbContext context, DeferredCommands statements) : IAuditLog
{
    public void Add(AuditRecord record) => context.AuditRecords.Add(record);

    public void ErasePersonalDataOf(Guid userId) =>
        statements.Add(cancellationToken => EraseAsync(context, userId, cancellationToken));

    /// <summary>Erases the personal data of a user. Records of what others did to them contain the others' addresses.</summary>
    internal static async Task EraseAsync(AppDbContext context, Guid userId, CancellationToken cancellationToken)
    {
        await EraseAsync(context.AuditRecords.Where(record => record.ActorId == userId), cancellationToken);
        await EraseAsync(
            context.AuditRecords.Where(record => record.UserId == userId && record.ActorId == null),
            cancellationToken
        );
    }

    private static Task<int> EraseAsync(IQueryable<AuditRecord> records, CancellationToken cancellationToken) =>
        records
            .Where(record => record.PersonalDataSalt != null)
            .ExecuteUpdateAsync(
                update =>
                    update
                        .SetProperty(record => record.IpAddress, (string?)null)
                        .SetProperty(record => record.UserAgent, (string?)null)
                        .SetProperty(record => record.PersonalDataSalt, (byte[]?)null),
                cancellationToken
            );
}
