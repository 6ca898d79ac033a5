using Auth.Domain.Common;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Returns a user.</summary>
public sealed record GetUserQuery(Guid UserId) : IRequest<Result<UserDetails>>;

internal sealed class GetUserQueryHandler(IUserQueries users) : IRequestHandler<GetUserQuery, Result<UserDetails>>
{
    public async Task<Result<UserDetails>> Handle(GetUserQuery query, CancellationToken cancellationToken) =>
        await users.FindAsync(query.UserId, cancellationToken) is { } user ? user : CommonErrors.NotFound;
}
