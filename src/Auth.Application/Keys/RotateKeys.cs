using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Keys;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Keys;

/// <summary>Announces the next signing key. An emergency replaces all keys at once, because one may have been stolen.</summary>
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
        if (FindAlreadyMade(chain, command.Emergency, ordinalAtStart, now) is { } key)
        {
            await loadedKeys.ReloadAsync(cancellationToken);
            return SigningKeyDetails.From(key, chain.StateOf(key, now));
        }

        // The same secret under another name would replace nothing.
        if (
            factory.UsesSharedSecret
            && known.Any(used => chain.StateOf(used, now) != SigningKeyState.Announced && factory.IsAsConfigured(used))
        )
        {
            return SigningKeyErrors.SharedSecret;
        }

        var added = Rotate(chain, command.Emergency, now);
        Record(command, added, now);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        await loadedKeys.ReloadAsync(cancellationToken);
        return SigningKeyDetails.From(added, added.StateAt(now));
    }

    // A key that is announced already is the next one: another would only lengthen the line. And whoever lost a race has
    // what they asked for, unless they asked for more than the winner did.
    private static SigningKey? FindAlreadyMade(
        SigningKeyChain chain,
        bool emergency,
        int ordinalAtStart,
        DateTimeOffset now
    ) =>
        emergency
            ? chain.Newest?.Ordinal >= ordinalAtStart && chain.IsSingle
                ? chain.Newest
                : null
            : chain.Newest?.Ordinal >= ordinalAtStart
                ? chain.Newest
                : chain.FindAnnounced(now);

    private SigningKey Rotate(SigningKeyChain chain, bool emergency, DateTimeOffset now)
    {
        var key = factory.Create(chain.NextOrdinal, now, emergency ? now : chain.NextActivation(now));
        if (emergency)
        {
            chain.Replace(now);
        }
        else
        {
            chain.Append(key);
        }

        keys.Add(key);
        return key;
    }

    private void Record(RotateKeysCommand command, SigningKey key, DateTimeOffset now) =>
        audit.Record(
            AuditTypes.KeysRotated,
            command.Client,
            now,
            actorId: command.ActorId,
            detail: command.Emergency
                ? $"emergency: {key.Algorithm} {key.Id} replaces all keys"
                : $"{key.Algorithm} {key.Id} signs from {key.ActivatesAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"
        );
}
