using Auth.Domain.Keys;
using MediatR;

namespace Auth.Application.Keys;

/// <summary>Returns the signing keys that verify tokens now or later, oldest first.</summary>
public sealed record ListKeysQuery : IRequest<IReadOnlyList<SigningKeyDetails>>;

internal sealed class ListKeysQueryHandler(ISigningKeyRepository keys, SigningKeyPolicy policy, TimeProvider clock)
    : IRequestHandler<ListKeysQuery, IReadOnlyList<SigningKeyDetails>>
{
    public async Task<IReadOnlyList<SigningKeyDetails>> Handle(ListKeysQuery query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await keys.ListAsync(now, cancellationToken);
        var chain = new SigningKeyChain(found, policy);
        return [.. found.Select(key => SigningKeyDetails.From(key, chain.StateOf(key, now)))];
    }
}
