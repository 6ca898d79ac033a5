using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Keys;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Keys;

/// <summary>Announces the next signing key. An emergency replaces all keys at once, because one may have been compromised.</summary>
public sealed record RotateKeysCommand(bool Emergency, Guid ActorId, ClientInfo Client)
    : IRequest<Result<SigningKeyDetails>>,
        IRetriesConflicts;

internal sealed class RotateKeysCommandHandler(
    ISigningKeyRepository keys,
    ISigningKeyFactory factory,
    ILoadedSigningKeys loadedKeys,
    SigningKeyPolicy policy,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RotateKeysCommand, Result<SigningKeyDetails>>
{
    public async Task<Result<SigningKeyDetails>> Handle(RotateKeysCommand command, CancellationToken cancellationToken)
    {
        var atStart = new SigningKeyChain(await keys.ListAsync(clock.GetUtcNow(), cancellationToken), policy);
        return await unitOfWork.RetryAsync(clock, () => RotateAsync(command, atStart.NextOrdinal, cancellationToken));
    }

    private async Task<Result<SigningKeyDetails>> RotateAsync(
        RotateKeysCommand command,
        int ordinalAtStart,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetWholeMilliseconds();
        var known = await keys.ListAsync(now, cancellationToken);
        var chain = new SigningKeyChain(known, policy);

        // A request that lost a race already has its result, unless it asked for more than the winner; a key that is
        // already announced is the next one.
        var isNewer = chain.Newest?.Ordinal >= ordinalAtStart;
        var made =
            isNewer && (chain.IsSingle || !command.Emergency) ? chain.Newest
            : command.Emergency ? null
            : chain.FindAnnounced(now);
        if (made is not null)
        {
            await loadedKeys.ReloadAsync(cancellationToken);
            return SigningKeyDetails.From(made, chain.StateOf(made, now));
        }

        // The same secret under another id would replace nothing.
        if (
            factory.UsesSharedSecret
            && known.Any(used => chain.StateOf(used, now) != SigningKeyState.Announced && factory.IsAsConfigured(used))
        )
        {
            return SigningKeyErrors.SharedSecret;
        }

        var key = factory.Create(chain.NextOrdinal, now, command.Emergency ? now : chain.NextActivation(now));
        if (command.Emergency)
        {
            chain.Replace(now);
        }
        else
        {
            chain.Append(key);
        }

        keys.Add(key);
        var detail = command.Emergency
            ? $"emergency: {key.Algorithm} {key.Id} replaces all keys"
            : $"{key.Algorithm} {key.Id} signs from {key.ActivatesAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        audit.Record(AuditTypes.KeysRotated, command.Client, now, actorId: command.ActorId, detail: detail);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        await loadedKeys.ReloadAsync(cancellationToken);
        return SigningKeyDetails.From(key, key.StateAt(now));
    }
}
