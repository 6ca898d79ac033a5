using Auth.Domain.Factors;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class FactorRepository(AppDbContext context) : IFactorRepository
{
    public async Task<IReadOnlyList<Factor>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        await context
            .Factors.Where(factor => factor.UserId == userId)
            .OrderBy(factor => factor.CreatedAt)
            .ToListAsync(cancellationToken);

    public Task<Factor?> FindPasskeyAsync(byte[] credentialIdHash, CancellationToken cancellationToken) =>
        context.Factors.FirstOrDefaultAsync(
            factor => factor.Passkey!.CredentialIdHash == credentialIdHash,
            cancellationToken
        );

    public void Add(Factor factor) => context.Factors.Add(factor);

    public void Remove(Factor factor) => context.Factors.Remove(factor);

    public async Task<IReadOnlyList<RecoveryCode>> ListRecoveryCodesAsync(
        Guid userId,
        CancellationToken cancellationToken
    ) => await context.RecoveryCodes.Where(code => code.UserId == userId).ToListAsync(cancellationToken);

    public Task<int> CountRecoveryCodesAsync(Guid userId, CancellationToken cancellationToken) =>
        context.RecoveryCodes.CountAsync(code => code.UserId == userId, cancellationToken);

    public Task<RecoveryCode?> FindRecoveryCodeAsync(byte[] hash, CancellationToken cancellationToken) =>
        context.RecoveryCodes.FirstOrDefaultAsync(code => code.Hash == hash, cancellationToken);

    public void Add(RecoveryCode code) => context.RecoveryCodes.Add(code);

    public void Remove(RecoveryCode code) => context.RecoveryCodes.Remove(code);

    public Task<bool> IsSpentAsync(Guid challengeId, CancellationToken cancellationToken) =>
        context.SpentChallenges.AnyAsync(challenge => challenge.Id == challengeId, cancellationToken);

    public void Add(SpentChallenge challenge) => context.SpentChallenges.Add(challenge);
}
