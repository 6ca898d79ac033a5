using Auth.Domain.Mail;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class OutgoingMailRepository(AppDbContext context) : IOutgoingMailRepository
{
    public Task<OutgoingMail?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        context.Mails.SingleOrDefaultAsync(mail => mail.Id == id, cancellationToken);

    public async Task<IReadOnlyList<OutgoingMail>> ListOfUserAsync(Guid userId, CancellationToken cancellationToken) =>
        await context
            .Mails.AsNoTracking()
            .Where(mail => mail.UserId == userId)
            .OrderBy(mail => mail.Id)
            .ToListAsync(cancellationToken);
}
