using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Sessions;

/// <summary>Returns the active sessions of a user, oldest first.</summary>
public sealed record ListUserSessionsQuery(Guid UserId) : IRequest<Result<UserSessions>>;

/// <summary>The sessions of a user.</summary>
public sealed record UserSessions(IReadOnlyList<Session> Items);

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

        return new UserSessions(await sessions.ListAliveAsync(query.UserId, clock.GetUtcNow(), cancellationToken));
    }
}
