using Auth.Domain.Common;
using Auth.Domain.Roles;
using MediatR;

namespace Auth.Application.Roles;

/// <summary>Returns a role.</summary>
public sealed record GetRoleQuery(string Name) : IRequest<Result<RoleDetails>>;

internal sealed class GetRoleQueryHandler(IRoleRepository roles) : IRequestHandler<GetRoleQuery, Result<RoleDetails>>
{
    public async Task<Result<RoleDetails>> Handle(GetRoleQuery query, CancellationToken cancellationToken) =>
        RoleName.TryParse(query.Name, out var name) && await roles.FindByNameAsync(name, cancellationToken) is { } role
            ? RoleDetails.From(role)
            : CommonErrors.NotFound;
}
