using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class UserRepository(
    AppDbContext context,
    CompiledQueries queries,
    LegacyAddresses legacy,
    DeferredCommands statements,
    CallerScope scope,
    JwtOptions jwt,
    TimeProvider clock
) : IUserRepository
{
    // Only users with a recently refreshed session can have a valid access token. A single statement, so that neither the
    // users nor their revocations have to be loaded.
    private const string RevokeTokens = """
        INSERT INTO "Revocations" ("SubjectId", "TokenVersion", "Reason", "OccurredAt")
        SELECT "Users"."Id", "Users"."TokenVersion", @Reason, @OccurredAt
        FROM "Users"
        WHERE EXISTS (
            SELECT 1 FROM "Sessions" WHERE "Sessions"."UserId" = "Users"."Id" AND "Sessions"."RotatedAt" > @Latest)
        """;

    private const string ExceptAdministrators = $"""

        AND NOT EXISTS (
            SELECT 1 FROM "UserRoles" INNER JOIN "Roles" ON "Roles"."Id" = "UserRoles"."RoleId"
            WHERE "UserRoles"."UserId" = "Users"."Id" AND "Roles"."Name" = '{Role.Admin}')
        """;

    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        queries.FindUser(context, id, cancellationToken);

    public async Task<Actor?> FindActorAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is { } user)
        {
            return user.AsActor();
        }

        var account = await context
            .ServiceAccounts.AsNoTracking()
            .Include(account => account.Roles)
            .SingleOrDefaultAsync(
                account => account.Id == id && account.Status == ServiceAccountStatus.Active,
                cancellationToken
            );
        return account?.AsActor(scope.Permissions);
    }

    public async Task<User?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        // A single form, except for international addresses.
        foreach (var text in legacy.FormsOf(email))
        {
            if (await queries.FindUserByEmail(context, text, cancellationToken) is { } user)
            {
                return user;
            }
        }

        return null;
    }

    public async Task<IReadOnlyDictionary<string, Guid>> ListTakenAsync(
        IReadOnlyCollection<EmailAddress> addresses,
        CancellationToken cancellationToken
    )
    {
        var texts = addresses.SelectMany(legacy.FormsOf).Distinct(StringComparer.Ordinal).ToList();
        var taken = await context
            .Users.Where(user => texts.Contains(user.Email.Normalized))
            .Select(user => new { user.Email.Normalized, user.Id })
            .ToDictionaryAsync(user => user.Normalized, user => user.Id, StringComparer.Ordinal, cancellationToken);
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var address in addresses)
        {
            if (legacy.FormsOf(address).FirstOrDefault(taken.ContainsKey) is { } text)
            {
                found[address.Normalized] = taken[text];
            }
        }

        return found;
    }

    public async Task<IReadOnlySet<Guid>> ListTakenAsync(
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    ) =>
        await context
            .Users.Where(user => ids.Contains(user.Id))
            .Select(user => user.Id)
            .ToHashSetAsync(cancellationToken);

    public Task<bool> AnyOtherActiveAdministratorAsync(Guid userId, CancellationToken cancellationToken) =>
        context
            .Administrators()
            .AnyAsync(
                user => user.Id != userId && user.Status == UserStatus.Active && !user.IsInvited,
                cancellationToken
            );

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
        context.Database.SetCommandTimeout(DatabaseTimeouts.WholeTable);

        // Serialized by the lock of a row that always exists: concurrent updates of all users, each in its own order, would
        // deadlock.
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

        // All instances, this one included, read these revocations from the table.
        object[] parameters =
        [
            context.CreateParameter<Revocation>(nameof(Revocation.Reason), reason),
            context.CreateParameter<Revocation>(nameof(Revocation.OccurredAt), now),
            context.CreateParameter<Session>(
                nameof(Session.RotatedAt),
                now - jwt.AccessTokenLifetime - InstanceClocks.MaxDifference,
                "Latest"
            ),
        ];
        await context.Database.ExecuteSqlRawAsync(
            alsoOfAdministrators ? RevokeTokens : RevokeTokens + ExceptAdministrators,
            parameters,
            cancellationToken
        );

        if (alsoOfAdministrators)
        {
            await EndServiceTokensAsync(reason, now, cancellationToken);

            // After the statements, which may take a while: tokens were issued meanwhile.
            context.Revocations.Add(Revocation.OfEverything(reason, clock.GetUtcNow()));
        }
    }

    // Services have no sessions. Other services are told that everything ends, so their tokens end here as well.
    private async Task EndServiceTokensAsync(string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await context.ServiceAccounts.ExecuteUpdateAsync(
            update => update.SetProperty(account => account.TokenVersion, account => account.TokenVersion + 1),
            cancellationToken
        );
        var accounts = await context
            .ServiceAccounts.Select(account => new { account.Id, account.TokenVersion })
            .ToListAsync(cancellationToken);
        context.Revocations.AddRange(
            accounts.Select(account => Revocation.OfUser(account.Id, account.TokenVersion, reason, now))
        );
    }
}
