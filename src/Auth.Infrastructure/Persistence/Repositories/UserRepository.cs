using Auth.Domain.Roles;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class UserRepository(AppDbContext context, CompiledQueries queries) : IUserRepository
{
    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        queries.FindUser(context, id, cancellationToken);

    public Task<User?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken) =>
        queries.FindUserByEmail(context, email.Normalized, cancellationToken);

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
        context.Users.AnyAsync(
            user =>
                user.Id != userId
                && user.Status == UserStatus.Active
                && user.Roles.Any(role => role.Name == Role.Admin),
            cancellationToken
        );

    public void Add(User user) => context.Users.Add(user);

    public void Remove(User user) => context.Users.Remove(user);
}
