using MediatR;

namespace Auth.Application.Users;

/// <summary>Counts the active administrators whose password alone signs them in.</summary>
public sealed record CountAdministratorsWithoutFactorQuery : IRequest<int>;

internal sealed class CountAdministratorsWithoutFactorQueryHandler(IUserQueries users)
    : IRequestHandler<CountAdministratorsWithoutFactorQuery, int>
{
    public Task<int> Handle(CountAdministratorsWithoutFactorQuery query, CancellationToken cancellationToken) =>
        users.CountAdministratorsWithoutFactorAsync(cancellationToken);
}
