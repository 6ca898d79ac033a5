using Auth.Domain.Mail;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class MailFlowRepository(AppDbContext context, DeferredCommands statements, WriteGate gate)
    : IMailFlowRepository
{
    public Task<MailFlow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        context
            .MailFlows.Include(flow => flow.Registration)
            .SingleOrDefaultAsync(flow => flow.Id == id, cancellationToken);

    public Task<MailFlow?> FindOpenAsync(
        Guid userId,
        FlowPurpose purpose,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        context
            .MailFlows.Where(flow =>
                flow.UserId == userId && flow.Purpose == purpose && flow.ConsumedAt == null && flow.ExpiresAt > now
            )
            .OrderByDescending(flow => flow.CreatedAt)
            .ThenByDescending(flow => flow.Id)
            .FirstOrDefaultAsync(cancellationToken);

    public Task<bool> AnyUndoAsync(
        IReadOnlyCollection<byte[]> addressHashes,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        context.MailFlows.AnyAsync(
            flow =>
                addressHashes.Contains(flow.AddressHash)
                && flow.Purpose == FlowPurpose.EmailChangeUndo
                && flow.ConsumedAt == null
                && flow.ExpiresAt > now,
            cancellationToken
        );

    public async Task<IReadOnlyList<MailFlow>> ListUndosAfterAsync(
        Guid userId,
        int epoch,
        CancellationToken cancellationToken
    ) =>
        await context
            .MailFlows.Where(flow =>
                flow.UserId == userId
                && flow.Purpose == FlowPurpose.EmailChangeUndo
                && flow.ConsumedAt == null
                && flow.UserEpoch > epoch
            )
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<MailFlow>> ListOfUserAsync(Guid userId, CancellationToken cancellationToken) =>
        await context
            .MailFlows.AsNoTracking()
            .Where(flow => flow.UserId == userId)
            .OrderBy(flow => flow.CreatedAt)
            .ThenBy(flow => flow.Id)
            .ToListAsync(cancellationToken);

    public async Task<bool> TryReserveCodeAsync(MailFlow flow, CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        return await context
                .MailFlows.Where(stored =>
                    stored.Id == flow.Id
                    && stored.Generation == flow.Generation
                    && stored.WrongCodes < MailFlow.MaxWrongCodes
                    && stored.ConsumedAt == null
                )
                .ExecuteUpdateAsync(
                    update => update.SetProperty(stored => stored.WrongCodes, stored => stored.WrongCodes + 1),
                    cancellationToken
                ) == 1;
    }

    public async Task ReturnCodeAsync(MailFlow flow, CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        await context
            .MailFlows.Where(stored =>
                stored.Id == flow.Id && stored.Generation == flow.Generation && stored.WrongCodes > 0
            )
            .ExecuteUpdateAsync(
                update => update.SetProperty(stored => stored.WrongCodes, stored => stored.WrongCodes - 1),
                cancellationToken
            );
    }

    public void Add(MailFlow flow) => context.MailFlows.Add(flow);

    public void TakeRegistrations(IReadOnlyCollection<byte[]> addressHashes) =>
        statements.Add(async cancellationToken =>
        {
            // All in one statement: requests that use different ones lock them in the same order. If each kept its own out of
            // it, they would deadlock.
            var removed = await context
                .MailFlows.Where(flow =>
                    addressHashes.Contains(flow.AddressHash) && flow.Purpose == FlowPurpose.Registration
                )
                .ExecuteDeleteAsync(cancellationToken);
            if (removed == 0)
            {
                throw new DbUpdateConcurrencyException("Another request has completed a registration of the address.");
            }
        });

    public Task<MailQuota?> FindQuotaAsync(byte[] key, CancellationToken cancellationToken) =>
        context.MailQuotas.SingleOrDefaultAsync(quota => quota.Key == key, cancellationToken);

    public void Add(MailQuota quota) => context.MailQuotas.Add(quota);
}
