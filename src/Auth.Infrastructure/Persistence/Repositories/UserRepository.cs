using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using Auth.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class UserRepository(
    AppDbContext context,
    CompiledQueries queries,
    OutdatedAddresses outdated,
    PendingStatements statements,
    JwtOptions jwt
) : IUserRepository
{
    // A statement about millions of rows takes longer than one is given otherwise.
    private static readonly TimeSpan s_longStatement = TimeSpan.FromMinutes(10);

    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        queries.FindUser(context, id, cancellationToken);

    public async Task<User?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        // One text but for international addresses.
        foreach (var text in outdated.TextsOf(email))
        {
            if (await queries.FindUserByEmail(context, text, cancellationToken) is { } user)
            {
                return user;
            }
        }

        return null;
    }

    public async Task<IReadOnlySet<string>> ListTakenAsync(
        IReadOnlyCollection<EmailAddress> addresses,
        CancellationToken cancellationToken
    )
    {
        var texts = addresses.SelectMany(outdated.TextsOf).Distinct(StringComparer.Ordinal).ToList();
        var taken = await context
            .Users.Where(user => texts.Contains(user.Email.Normalized))
            .Select(user => user.Email.Normalized)
            .ToListAsync(cancellationToken);
        return addresses
            .Where(address => outdated.TextsOf(address).Intersect(taken, StringComparer.Ordinal).Any())
            .Select(address => address.Normalized)
            .ToHashSet(StringComparer.Ordinal);
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

    public void EndAllSessions(bool alsoOfAdministrators, string reason, DateTimeOffset now) =>
        statements.Add(cancellationToken => EndAllSessionsAsync(alsoOfAdministrators, reason, now, cancellationToken));

    public void Add(User user) => context.Users.Add(user);

    public void Remove(User user) => context.Users.Remove(user);

    private async Task EndAllSessionsAsync(
        bool alsoOfAdministrators,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        context.Database.SetCommandTimeout(s_longStatement);

        // One at a time, on the lock of a row that is always there: two that change everybody, each in an order of its own,
        // would wait for each other.
        await context
            .Roles.Where(role => role.Name == Role.Admin)
            .ExecuteUpdateAsync(
                update => update.SetProperty(role => role.Version, role => role.Version),
                cancellationToken
            );

        var users = alsoOfAdministrators
            ? context.Users
            : context.Users.Where(user => user.Roles.All(role => role.Name != Role.Admin));
        await users.ExecuteUpdateAsync(
            update =>
                update
                    .SetProperty(user => user.SessionVersion, user => user.SessionVersion + 1)
                    .SetProperty(user => user.SessionVersionReason, reason)
                    .SetProperty(user => user.TokenVersion, user => user.TokenVersion + 1),
            cancellationToken
        );

        // Only who has refreshed lately can have an access token. All instances, this one included, learn of these
        // revocations from the table.
        var latest = now - jwt.AccessTokenLifetime - InstanceClocks.MaxDifference;
        var holders = await users
            .Where(user => context.Sessions.Any(session => session.UserId == user.Id && session.RotatedAt > latest))
            .Select(user => new { user.Id, user.TokenVersion })
            .ToListAsync(cancellationToken);
        context.Revocations.AddRange(
            holders.Select(user => Revocation.OfUser(user.Id, user.TokenVersion, reason, now))
        );
    }
}
