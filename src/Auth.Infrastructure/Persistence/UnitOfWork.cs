using Auth.Application.Abstractions;
using Auth.Domain.Mail;
using Auth.Domain.Revocations;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Auth.Infrastructure.Persistence;

internal sealed class UnitOfWork(
    AppDbContext context,
    DeferredCommands statements,
    WriteGate gate,
    AuditChains auditChains,
    RevokedTokens revokedTokens,
    RevocationLog revocationLog,
    MailSignal mailSignal
) : IUnitOfWork
{
    public async Task SaveChangesAsync(CancellationToken cancellationToken)
    {
        var hasMail = context.ListTracked<OutgoingMail>().Any(mail => mail.State == EntityState.Added);
        using (await gate.EnterAsync(cancellationToken))
        {
            await SaveWithAuditAsync(cancellationToken);
        }

        // Applies to this instance at once; others read it from the table.
        var revocations = context.ListTracked<Revocation>().Select(entry => entry.Entity).ToList();
        foreach (var revocation in revocations)
        {
            revokedTokens.Add(revocation);
            revocationLog.Add(revocation);
        }

        if (revocations.Count > 0)
        {
            revocationLog.SignalChange();
        }

        if (hasMail)
        {
            mailSignal.Set();
        }
    }

    public bool IsLostRace(Exception failure) => DatabaseError.IsLostRace(failure);

    public void Discard()
    {
        context.ChangeTracker.Clear();
        statements.Clear();
    }

    private async Task SaveWithAuditAsync(CancellationToken cancellationToken)
    {
        using var chain = await auditChains.LinkAsync(context, cancellationToken);
        try
        {
            await SaveAsync(chain, cancellationToken);
            chain?.MarkStored();
        }
        catch (DbUpdateException failure)
        {
            chain?.MarkFailed(failure);
            throw;
        }
    }

    /// <summary>
    /// Saves, and retries everything after a deadlock or a lost connection. If the connection was lost during the commit, the
    /// audit log tells whether it was committed.
    /// </summary>
    private async Task SaveAsync(AuditChains.Lease? chain, CancellationToken cancellationToken)
    {
        await context
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                chain,
                async (_, _, stopped) =>
                {
                    await SaveOnceAsync(stopped);
                    return true;
                },
                async (_, written, stopped) =>
                    new ExecutionResult<bool>(
                        successful: written is not null && await written.IsStoredAsync(stopped),
                        result: true
                    ),
                cancellationToken
            );
        context.ChangeTracker.AcceptAllChanges();
        statements.Clear();
    }

    private async Task SaveOnceAsync(CancellationToken cancellationToken)
    {
        if (!statements.Any)
        {
            AddRevocations();
            await context.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
            return;
        }

        // Retried as a whole or not at all, so no savepoint is needed.
        context.Database.AutoSavepointsEnabled = false;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await statements.RunAsync(cancellationToken);
        AddRevocations();
        await context.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Stores the aggregates' revocations in the transaction of the change itself.</summary>
    private void AddRevocations() =>
        context.Revocations.AddRange(
            context
                .ListTracked<IRevocationSource>()
                .SelectMany(entry => entry.Entity.Revocations)
                .Where(revocation => context.Entry(revocation).State == EntityState.Detached)
                .ToList()
        );
}
