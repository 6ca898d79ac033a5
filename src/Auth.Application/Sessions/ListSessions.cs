using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Sessions;

/// <summary>Reads the caller's sessions, oldest first.</summary>
/// <param name="UserId">The caller.</param>
/// <param name="SessionId">The caller's session.</param>
public sealed record ListSessionsQuery(Guid UserId, Guid SessionId) : IRequest<IReadOnlyList<SessionDetails>>;

/// <summary>A session, as its user sees it.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="LastUsedAt">When it was last refreshed.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed before.</param>
/// <param name="IpAddress">The client's address at the last use.</param>
/// <param name="UserAgent">The client's user agent at the last use.</param>
/// <param name="Current">Whether it is the caller's.</param>
public sealed record SessionDetails(
    Guid Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset ExpiresAt,
    string? IpAddress,
    string? UserAgent,
    bool Current
)
{
    /// <summary>Shows a session to whoever calls from another or the same one.</summary>
    public static SessionDetails From(Session session, Guid callerSessionId) =>
        new(
            session.Id,
            session.CreatedAt,
            session.RotatedAt,
            session.ExpiresAt,
            session.IpAddress,
            session.UserAgent,
            session.Id == callerSessionId
        );
}

internal sealed class ListSessionsQueryHandler(ISessionRepository sessions, TimeProvider clock)
    : IRequestHandler<ListSessionsQuery, IReadOnlyList<SessionDetails>>
{
    public async Task<IReadOnlyList<SessionDetails>> Handle(
        ListSessionsQuery query,
        CancellationToken cancellationToken
    )
    {
        var alive = await sessions.ListAliveAsync(query.UserId, clock.GetUtcNow(), cancellationToken);
        return [.. alive.Select(session => SessionDetails.From(session, query.SessionId))];
    }
}
