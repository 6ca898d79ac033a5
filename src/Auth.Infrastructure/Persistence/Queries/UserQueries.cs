using System.Text;
using Auth.Application.Abstractions;
using Auth.Application.Users;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Queries;

internal sealed class UserQueries(AppDbContext context, CompiledQueries queries) : IUserQueries
{
    public async Task<UserDetails?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await queries.ReadUser(context, id, cancellationToken) is { } user ? UserDetails.Of(user) : null;

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
            // A range, because LIKE has rules for case and collation of its own on each engine and may miss the index.
            var to = Successor(from);
            users = users.Where(user =>
                string.Compare(user.Email.Normalized, from) >= 0 && string.Compare(user.Email.Normalized, to) < 0
            );
        }

        if (filter.Role is { } roleName)
        {
            users = users.Where(user => user.Roles.Any(role => role.Name == roleName));
        }

        if (filter.Status is { } status)
        {
            users = users.Where(user => user.Status == status);
        }

        var page = await users
            .OrderBy(user => user.CreatedAt)
            .ThenBy(user => user.Id)
            .Take(limit)
            .Include(user => user.Roles)
            .ToListAsync(cancellationToken);
        return [.. page.Select(UserDetails.Of)];
    }

    /// <summary>The first text behind all that start with a prefix.</summary>
    private static string Successor(string prefix)
    {
        var last = Rune.GetRuneAt(prefix, prefix.Length - (char.IsLowSurrogate(prefix[^1]) ? 2 : 1));
        var next = last.Value + 1;
        return prefix[..^last.Utf16SequenceLength]
            + (Rune.IsValid(next) ? new Rune(next) : new Rune(char.MaxValue)).ToString();
    }
}
