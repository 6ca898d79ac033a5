using Auth.Domain.Roles;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class RoleRepository(AppDbContext context) : IRoleRepository
{
    public Task<Role?> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        context.Roles.SingleOrDefaultAsync(role => role.Name == name, cancellationToken);

    public async Task<IReadOnlyList<Role>> ListByNamesAsync(
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    ) => await context.Roles.Where(role => names.Contains(role.Name)).ToListAsync(cancellationToken);

    public void Add(Role role) => context.Roles.Add(role);
}
