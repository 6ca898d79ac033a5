using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Sessions;

/// <summary>Returns the caller's active sessions, oldest first.</summary>
public sealed record ListSessionsQuery(Guid UserId) : IRequest<IReadOnlyList<Session>>;

internal sealed class ListSessionsQueryHandler(ISessionRepository sessions, TimeProvider clock)
    : IRequestHandler<ListSessionsQuery, IReadOnlyList<Session>>
{
    public Task<IReadOnlyList<Session>> Handle(ListSessionsQuery query, CancellationToken cancellationToken) =>
        sessions.ListAliveAsync(query.UserId, clock.GetUtcNow(), cancellationToken);
}
