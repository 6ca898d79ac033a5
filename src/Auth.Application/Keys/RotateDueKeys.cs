using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Keys;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Keys;

/// <summary>Announces the next signing key when it is due, and creates the first one of an empty database.</summary>
/// <param name="AtStart">
/// Whether the service is starting: only then does a key that differs from the configuration get a successor.
/// Otherwise instances with different configurations would keep replacing each other's keys.
/// </param>
public sealed record RotateDueKeysCommand(bool AtStart) : IRequest<Result>;

internal sealed class RotateDueKeysCommandHandler(
    ISigningKeyRepository keys,
    ISigningKeyFactory factory,
    SigningKeyPolicy policy,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RotateDueKeysCommand, Result>
{
    public async Task<Result> Handle(RotateDueKeysCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetWholeMilliseconds();
        var chain = new SigningKeyChain(await keys.ListAsync(now, cancellationToken), policy);
        if (!IsDue(chain, command.AtStart, now))
        {
            return Result.Success;
        }

        var key = factory.Create(chain.NextOrdinal, now, chain.NextActivation(now));
        chain.Append(key);
        keys.Add(key);
        audit.Record(
            AuditTypes.KeysRotated,
            ClientInfo.None,
            now,
            detail: $"{key.Algorithm} {key.Id} signs from {key.ActivatesAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"
        );

        // If several instances get here at the same time, one succeeds; the others retry and find nothing to do.
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }

    private bool IsDue(SigningKeyChain chain, bool atStart, DateTimeOffset now) =>
        chain.Newest is not { } newest
        || (!factory.UsesSharedSecret && chain.IsSuccessorDue(now))
        || (atStart && !factory.IsAsConfigured(newest));
}
