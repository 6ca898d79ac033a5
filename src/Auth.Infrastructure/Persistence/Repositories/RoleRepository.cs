using Auth.Domain.Roles;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class RoleRepository(AppDbContext context) : IRoleRepository
{
    /// <summary>The join table of users and roles, which has no entity class.</summary>
    private IQueryable<Holding> Holdings =>
        context
            .Set<Dictionary<string, object>>("UserRoles")
            .Select(row => new Holding
            {
                HolderId = EF.Property<Guid>(row, "UserId"),
                RoleId = EF.Property<Guid>(row, "RoleId"),
            });

    /// <summary>The join table of service accounts and roles.</summary>
    private IQueryable<Holding> ServiceHoldings =>
        context
            .Set<Dictionary<string, object>>("ServiceAccountRoles")
            .Select(row => new Holding
            {
                HolderId = EF.Property<Guid>(row, "AccountId"),
                RoleId = EF.Property<Guid>(row, "RoleId"),
            });

    public async Task<IReadOnlyList<Role>> ListAsync(CancellationToken cancellationToken) =>
        await context.Roles.OrderBy(role => role.NormalizedName).ToListAsync(cancellationToken);

    public Task<Role?> FindByNameAsync(RoleName name, CancellationToken cancellationToken) =>
        context.Roles.SingleOrDefaultAsync(role => role.NormalizedName == name.Normalized, cancellationToken);

    public async Task<IReadOnlyList<Role>> ListByNamesAsync(
        IReadOnlyCollection<RoleName> names,
        CancellationToken cancellationToken
    )
    {
        var texts = names.Select(name => name.Normalized).ToList();
        return await context.Roles.Where(role => texts.Contains(role.NormalizedName)).ToListAsync(cancellationToken);
    }

    public Task<int> CountHoldersAsync(
        Role role,
        IReadOnlyCollection<Role> withoutAnyOf,
        CancellationToken cancellationToken
    )
    {
        var holders = Holdings.Where(holding => holding.RoleId == role.Id);
        if (withoutAnyOf.Count > 0)
        {
            var others = withoutAnyOf.Select(other => other.Id).ToList();
            holders = holders.Where(holding =>
                !Holdings.Any(other => other.HolderId == holding.HolderId && others.Contains(other.RoleId))
            );
        }

        return holders.CountAsync(cancellationToken);
    }

    public async Task<bool> AnyHolderAsync(Role role, CancellationToken cancellationToken) =>
        await Holdings.AnyAsync(holding => holding.RoleId == role.Id, cancellationToken)
        || await ServiceHoldings.AnyAsync(holding => holding.RoleId == role.Id, cancellationToken);

    public async Task<int> LargestTokenSizeOfHoldersAsync(Role role, CancellationToken cancellationToken) =>
        Math.Max(
            await LargestTokenSizeAsync(Holdings, role, cancellationToken),
            await LargestTokenSizeAsync(ServiceHoldings, role, cancellationToken)
        );

    public void Add(Role role) => context.Roles.Add(role);

    public void Remove(Role role) => context.Roles.Remove(role);

    private Task<int> LargestTokenSizeAsync(
        IQueryable<Holding> holdings,
        Role role,
        CancellationToken cancellationToken
    ) =>
        holdings
            .Where(holding => holding.RoleId == role.Id)
            .Join(holdings, holding => holding.HolderId, any => any.HolderId, (_, any) => any)
            .Join(
                context.Roles,
                holding => holding.RoleId,
                held => held.Id,
                (holding, held) => new { holding.HolderId, held.TokenSize }
            )
            .GroupBy(holding => holding.HolderId)
            .Select(holder => holder.Sum(holding => holding.TokenSize))
            .OrderByDescending(size => size)
            .FirstOrDefaultAsync(cancellationToken);

    private sealed class Holding
    {
        public Guid HolderId { get; init; }

        public Guid RoleId { get; init; }
    }
}
