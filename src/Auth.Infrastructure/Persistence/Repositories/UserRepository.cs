using Auth.Domain.Roles;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class UserRepository(AppDbContext context) : IUserRepository
{
    private IQueryable<User> UsersWithRoles => context.Users.Include(user => user.Roles);

    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        UsersWithRoles.SingleOrDefaultAsync(user => user.Id == id, cancellationToken);

    public Task<User?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken) =>
        UsersWithRoles.SingleOrDefaultAsync(user => user.Email.Normalized == email.Normalized, cancellationToken);

    public async Task<IReadOnlySet<string>> ListTakenAsync(
        IReadOnlyCollection<EmailAddress> addresses,
        CancellationToken cancellationToken
    )
    {
        var texts = addresses.Select(address => address.Normalized).ToList();
        var taken = await context
            .Users.Where(user => texts.Contains(user.Email.Normalized))
            .Select(user => user.Email.Normalized)
            .ToListAsync(cancellationToken);
        return taken.ToHashSet(StringComparer.Ordinal);
    }

    public Task<bool> AnyOtherActiveAdministratorAsync(Guid userId, CancellationToken cancellationToken) =>
        // Starting from the role, which few have, and not from the users, of whom there may be millions.
        context
            .Set<Dictionary<string, object>>("UserRoles")
            .Where(row =>
                EF.Property<Guid>(row, "RoleId")
                == context.Roles.Where(role => role.Name == Role.Admin).Select(role => role.Id).FirstOrDefault()
            )
            .Join(context.Users, row => EF.Property<Guid>(row, "UserId"), user => user.Id, (_, user) => user)
            .AnyAsync(user => user.Id != userId && user.Status == UserStatus.Active, cancellationToken);

    public void Add(User user) => context.Users.Add(user);

    public void Remove(User user) => context.Users.Remove(user);
}
