using Auth.Application.Users;
using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Users;

namespace Auth.Application.ServiceAccounts;

/// <summary>Finds accounts together with who wants to change them.</summary>
internal static class ServiceAccountActors
{
    /// <summary>Finds an account that the actor may change.</summary>
    public static async Task<Result<ServiceAccount>> FindForActorAsync(
        this IServiceAccountRepository accounts,
        IUserRepository users,
        Guid id,
        Guid actorId,
        CancellationToken cancellationToken
    )
    {
        if (await accounts.FindAsync(id, cancellationToken) is not { } account)
        {
            return CommonErrors.NotFound;
        }

        var actor = await users.FindActorAsync(actorId, account.MayBeChangedBy, cancellationToken);
        return actor is null ? CommonErrors.Forbidden : account;
    }
}
