using Auth.Domain.Audit;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class AuditLog(AppDbContext context) : IAuditLog
{
    public void Add(AuditRecord record) => context.AuditRecords.Add(record);
}
