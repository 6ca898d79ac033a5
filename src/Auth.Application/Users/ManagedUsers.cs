using Auth.Domain.Common;
using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>A user, and the user who may change them.</summary>
internal sealed record ManagedUser(User User, User Actor);

/// <summary>Finds users on behalf of those who want to change them.</summary>
internal sealed class ManagedUsers(IUserRepository users)
{
    /// <summary>Finds a user whom the actor may change. Reads both, because the actor's access token may be outdated.</summary>
    public async Task<Result<ManagedUser>> FindAsync(Guid userId, Guid actorId, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(userId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var actor = await users.FindAsync(actorId, cancellationToken);
        return actor?.MayChange(user) == true ? new ManagedUser(user, actor) : CommonErrors.Forbidden;
    }
}
