namespace Auth.Domain.Sessions;

/// <summary>Changes to several sessions at once.</summary>
public static class SessionRepositoryExtensions
{
    /// <summary>Ends all active sessions of a user.</summary>
    /// <param name="sessions">The sessions.</param>
    /// <param name="userId">The user's id.</param>
    /// <param name="reason">The reason; one of <see cref="Revocations.RevocationReasons"/>.</param>
    /// <param name="now">The current time.</param>
    /// <param name="exceptId">A session that stays active; null for none.</param>
    /// <returns>The sessions that were ended.</returns>
    public static async Task<IReadOnlyList<Session>> EndAllAsync(
        this ISessionRepository sessions,
        Guid userId,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        Guid? exceptId = null
    )
    {
        var active = await sessions.ListAliveAsync(userId, now, cancellationToken);
        return [.. active.Where(session => session.Id != exceptId && session.End(reason, now))];
    }
}
