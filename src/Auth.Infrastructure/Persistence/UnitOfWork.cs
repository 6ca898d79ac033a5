using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Infrastructure.Audit;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

internal sealed class UnitOfWork(
    AppDbContext context,
    PendingStatements statements,
    WriteGate gate,
    AuditChains auditChains,
    RevokedTokens revokedTokens
) : IUnitOfWork
{
    public async Task SaveChangesAsync(CancellationToken cancellationToken)
    {
        var revocations = AddRevocations();
        try
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            await SaveWithAuditAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (DatabaseConflicts.FindError(failure) is { } error)
        {
            throw new ConflictException(error, failure);
        }

        // This instance knows at once; the others learn it from the table.
        foreach (var revocation in revocations)
        {
            revokedTokens.Add(revocation);
        }
    }

    public async Task<bool> TrySaveChangesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (ConflictException conflict) when (conflict.Error == CommonErrors.ConcurrentUpdate)
        {
            Discard();
            return false;
        }
    }

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
            await (
                statements.Any
                    ? SaveWithStatementsAsync(cancellationToken)
                    : context.SaveChangesAsync(cancellationToken)
            );
            chain?.Stored();
        }
        catch (DbUpdateException failure)
        {
            chain?.Refused(failure);
            throw;
        }
    }

    private async Task SaveWithStatementsAsync(CancellationToken cancellationToken)
    {
        await context
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                async stopped =>
                {
                    await using var transaction = await context.Database.BeginTransactionAsync(stopped);
                    await statements.RunAsync(stopped);
                    await context.SaveChangesAsync(acceptAllChangesOnSuccess: false, stopped);
                    await transaction.CommitAsync(stopped);
                },
                cancellationToken
            );
        context.ChangeTracker.AcceptAllChanges();
        statements.Clear();
    }

    /// <summary>Stores what the aggregates withdrew in the same transaction as the change itself.</summary>
    private List<Revocation> AddRevocations()
    {
        var revocations = context
            .ListTracked<IRevocationSource>()
            .SelectMany(entry => entry.Entity.Revocations)
            .Where(revocation => context.Entry(revocation).State == EntityState.Detached)
            .ToList();
        context.Revocations.AddRange(revocations);
        return revocations;
    }
}
