using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Sessions;

/// <summary>Reads the sessions of a user, oldest first.</summary>
/// <param name="UserId">The user.</param>
/// <param name="CallerSessionId">The caller's session.</param>
public sealed record ListUserSessionsQuery(Guid UserId, Guid CallerSessionId) : IRequest<Result<UserSessions>>;

/// <summary>The sessions of a user.</summary>
/// <param name="Items">The sessions, oldest first.</param>
public sealed record UserSessions(IReadOnlyList<SessionDetails> Items);

internal sealed class ListUserSessionsQueryHandler(
    IUserRepository users,
    ISessionRepository sessions,
    TimeProvider clock
) : IRequestHandler<ListUserSessionsQuery, Result<UserSessions>>
{
    public async Task<Result<UserSessions>> Handle(ListUserSessionsQuery query, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(query.UserId, cancellationToken) is null)
        {
            return CommonErrors.NotFound;
        }

        var alive = await sessions.ListAliveAsync(query.UserId, clock.GetUtcNow(), cancellationToken);
        return new UserSessions([.. alive.Select(session => SessionDetails.From(session, query.CallerSessionId))]);
    }
}
