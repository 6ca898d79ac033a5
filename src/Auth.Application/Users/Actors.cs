using Auth.Domain.Common;
using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>
/// Checks what the user or service that sent a command may do. They are read again: their access token may be outdated.
/// </summary>
internal static class Actors
{
    /// <summary>Finds the actor.</summary>
    /// <returns>Null if they may not do what they ask for.</returns>
    public static async Task<Actor?> FindActorAsync(
        this IUserRepository users,
        Guid id,
        Func<Actor, bool> may,
        CancellationToken cancellationToken
    ) => await users.FindActorAsync(id, cancellationToken) is { } actor && may(actor) ? actor : null;

    /// <summary>Finds a user whom the actor may change.</summary>
    public static async Task<Result<User>> FindForActorAsync(
        this IUserRepository users,
        Guid userId,
        Guid actorId,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindAsync(userId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var actor = await users.FindActorAsync(actorId, caller => caller.MayChange(user), cancellationToken);
        return actor is null ? CommonErrors.Forbidden : user;
    }
}
