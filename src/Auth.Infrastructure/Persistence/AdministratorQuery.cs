using Auth.Domain.Roles;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>Queries of the users with the role of administrators.</summary>
internal static class AdministratorQuery
{
    /// <summary>Finds the administrators, starting from the role, which few users have, and not from possibly millions of users.</summary>
    public static IQueryable<User> Administrators(this AppDbContext context) =>
        context
            .Set<Dictionary<string, object>>("UserRoles")
            .Where(row =>
                EF.Property<Guid>(row, "RoleId")
                == context.Roles.Where(role => role.Name == Role.Admin).Select(role => role.Id).FirstOrDefault()
            )
            .Join(context.Users, row => EF.Property<Guid>(row, "UserId"), user => user.Id, (_, user) => user);
}
