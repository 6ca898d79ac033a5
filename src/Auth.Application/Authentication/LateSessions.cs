using Auth.Application.Abstractions;
using Auth.Domain.Sessions;

namespace Auth.Application.Authentication;

/// <summary>
/// Ends the sessions that came too late to be ended with a change of their user's account: a sign-in that had read the
/// account before may have stored its session after the change had listed them. Once the change is stored none can
/// follow, because a sign-in is stored only on the token version it has read.
/// </summary>
internal sealed class LateSessions(ISessionRepository sessions, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>Ends them, once the change is stored. Nobody who hangs up keeps it from happening.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="reason">Why they end.</param>
    /// <param name="exceptId">The session that goes on, if there is one.</param>
    public async Task EndAsync(Guid userId, string reason, Guid? exceptId = null)
    {
        do
        {
            var now = clock.GetUtcNow();
            var alive = await sessions.ListAliveAsync(userId, now, CancellationToken.None);
            foreach (var session in alive.Where(session => session.Id != exceptId))
            {
                session.End(reason, now);
            }
        } while (!await unitOfWork.TrySaveChangesAsync(CancellationToken.None));
    }
}
