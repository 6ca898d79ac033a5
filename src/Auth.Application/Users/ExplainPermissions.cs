using Auth.Domain.Common;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Returns the permissions of a user and the roles that grant them.</summary>
public sealed record ExplainPermissionsQuery(Guid UserId) : IRequest<Result<PermissionSources>>;

/// <summary>The permissions of a user and the roles that grant them.</summary>
public sealed record PermissionSources(IReadOnlyList<PermissionSource> Items);

/// <summary>A permission and the names of the roles that grant it, in order.</summary>
public sealed record PermissionSource(string Permission, IReadOnlyList<string> Roles);

internal sealed class ExplainPermissionsQueryHandler(IUserRepository users)
    : IRequestHandler<ExplainPermissionsQuery, Result<PermissionSources>>
{
    public async Task<Result<PermissionSources>> Handle(
        ExplainPermissionsQuery query,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindAsync(query.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        return new PermissionSources([
            .. user.EffectivePermissions.Select(permission => new PermissionSource(
                permission,
                [
                    .. user
                        .Roles.Where(role => role.Permissions.Contains(permission))
                        .Select(role => role.Name)
                        .Order(StringComparer.Ordinal),
                ]
            )),
        ]);
    }
}
