using System.Text;
using Auth.Application.Abstractions;
using Auth.Application.Users;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Queries;

internal sealed class UserQueries(AppDbContext context, CompiledQueries queries) : IUserQueries
{
    /// <summary>The largest number of holders of a rare role.</summary>
    private const int RareRoleHolders = 1000;

    public async Task<UserDetails?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await queries.ReadUser(context, id, cancellationToken) is { } user ? UserDetails.From(user) : null;

    public async Task<IReadOnlyList<UserDetails>> ListAsync(
        UserFilter filter,
        PageCursor? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var users = context.Users.AsNoTracking();
        if (after is { } place)
        {
            users = users.Where(user =>
                user.CreatedAt >= place.At && (user.CreatedAt > place.At || user.Id.CompareTo(place.Id) > 0)
            );
        }

        if (filter.EmailPrefix is { } prefix && EmailAddress.NormalizePrefix(prefix) is { Length: > 0 } from)
        {
            users =
                EmailAddress.NormalizeLegacyPrefix(prefix) is { Length: > 0 } legacy && legacy != from
                    ? Between(users, from, Successor(from), legacy, Successor(legacy))
                    : Between(users, from, Successor(from));
        }

        if (filter.Role is { } role)
        {
            users = await HoldersAsync(users, role, cancellationToken);
        }

        // A parameter, because SQLite uses no index for a condition that is the column alone.
        var isInvited = true;
        users = filter.Status switch
        {
            null => users,
            UserStatus.Disabled => users.Where(user => user.Status == UserStatus.Disabled),
            UserStatus.Invited => users.Where(user =>
                user.IsInvited == isInvited && user.Status != UserStatus.Disabled
            ),
            _ => users.Where(user => user.Status == UserStatus.Active && !user.IsInvited),
        };

        var page = await users
            .OrderBy(user => user.CreatedAt)
            .ThenBy(user => user.Id)
            .Take(limit)
            .Include(user => user.Roles)
            .ToListAsync(cancellationToken);
        return [.. page.Select(UserDetails.From)];
    }

    // A range instead of LIKE, whose case and collation rules differ between engines and may bypass the index.
    private static IQueryable<User> Between(IQueryable<User> users, string from, string to) =>
        users.Where(user =>
            string.Compare(user.Email.Normalized, from) >= 0 && string.Compare(user.Email.Normalized, to) < 0
        );

    // Includes users whose address was normalized by an earlier version.
    private static IQueryable<User> Between(
        IQueryable<User> users,
        string from,
        string to,
        string legacyFrom,
        string legacyTo
    ) =>
        users.Where(user =>
            (string.Compare(user.Email.Normalized, from) >= 0 && string.Compare(user.Email.Normalized, to) < 0)
            || (
                string.Compare(user.Email.Normalized, legacyFrom) >= 0
                && string.Compare(user.Email.Normalized, legacyTo) < 0
            )
        );

    /// <summary>
    /// Filters by role. The few holders of a rare role are looked up and sorted; a page of holders of a common role is quickly
    /// found among all users in order. The opposite plan would read either one completely.
    /// </summary>
    private async Task<IQueryable<User>> HoldersAsync(
        IQueryable<User> users,
        RoleName name,
        CancellationToken cancellationToken
    )
    {
        // By id, for which the engine has statistics, not by name in another table.
        var roleId = await context
            .Roles.Where(role => role.NormalizedName == name.Normalized)
            .Select(role => (Guid?)role.Id)
            .SingleOrDefaultAsync(cancellationToken);
        var holders = context
            .Set<Dictionary<string, object>>("UserRoles")
            .Where(held => EF.Property<Guid>(held, "RoleId") == roleId)
            .Select(held => EF.Property<Guid>(held, "UserId"));
        return await holders.Order().Take(RareRoleHolders + 1).CountAsync(cancellationToken) <= RareRoleHolders
            ? users.Where(user => holders.Contains(user.Id))
            : users.Where(user => user.Roles.Any(role => role.Id == roleId));
    }

    /// <summary>Returns the first string after all strings with a prefix.</summary>
    private static string Successor(string prefix)
    {
        var last = Rune.GetRuneAt(prefix, prefix.Length - (char.IsLowSurrogate(prefix[^1]) ? 2 : 1));
        var next = last.Value + 1;
        return prefix[..^last.Utf16SequenceLength]
            + (Rune.IsValid(next) ? new Rune(next) : new Rune(char.MaxValue)).ToString();
    }

    public Task<int> CountAdministratorsWithoutFactorAsync(CancellationToken cancellationToken) =>
        context
            .Administrators()
            .CountAsync(
                user => user.Status == UserStatus.Active && !user.IsInvited && !user.HasSecondFactor,
                cancellationToken
            );
}
