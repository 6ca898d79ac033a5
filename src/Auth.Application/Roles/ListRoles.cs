using Auth.Domain.Roles;
using MediatR;

namespace Auth.Application.Roles;

/// <summary>Returns all roles, ordered by name.</summary>
public sealed record ListRolesQuery : IRequest<IReadOnlyList<RoleDetails>>;

internal sealed class ListRolesQueryHandler(IRoleRepository roles)
    : IRequestHandler<ListRolesQuery, IReadOnlyList<RoleDetails>>
{
    public async Task<IReadOnlyList<RoleDetails>> Handle(ListRolesQuery query, CancellationToken cancellationToken) =>
        [.. (await roles.ListAsync(cancellationToken)).Select(RoleDetails.From)];
}
