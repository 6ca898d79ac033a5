using System.Collections.Frozen;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Finds the users who are stored under their address as an earlier version compared it. Instances of that version, which
/// may run beside this one, find them under no other text: so they stay there for a while, and this instance remembers who
/// they are.
/// </summary>
internal sealed partial class OutdatedAddresses(ILogger<OutdatedAddresses> logger)
{
    private const int BatchSize = 500;

    // All addresses of millions of users take longer than a statement is given otherwise.
    private static readonly TimeSpan s_longStatement = TimeSpan.FromMinutes(10);

    private volatile FrozenDictionary<string, string> _stored = FrozenDictionary<string, string>.Empty;
    private int _collisions;

    /// <summary>
    /// The texts that a user with this address may be stored under, in the order in which to look. Where two users have one
    /// mailbox, each is found under the text of their own spelling, and the first of them under that of any other.
    /// </summary>
    public IEnumerable<string> TextsOf(EmailAddress email)
    {
        // The normalised text comes last: somebody who is moved there at this moment is not missed.
        string[] texts =
        [
            email.LegacyNormalized,
            _stored.GetValueOrDefault(email.Normalized, email.Normalized),
            email.Normalized,
        ];
        return texts.Distinct(StringComparer.Ordinal);
    }

    /// <summary>Finds them, remembers them, and warns of users who have one mailbox.</summary>
    public async Task LoadAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var outdated = await FindAsync(context, cancellationToken);
        _stored = outdated
            .Where(address => address.OtherUserId is null)
            .ToFrozenDictionary(address => address.Normalized, address => address.Stored, StringComparer.Ordinal);

        var collisions = outdated.Count(address => address.OtherUserId is not null);
        if (collisions > _collisions)
        {
            LogCollisions(logger, collisions);
        }

        _collisions = collisions;
    }

    /// <summary>Finds them in the database, the oldest user first.</summary>
    public static async Task<IReadOnlyList<OutdatedAddress>> FindAsync(
        AppDbContext context,
        CancellationToken cancellationToken
    )
    {
        var outdated = new List<Candidate>();
        foreach (var texts in (await FindSuspectsAsync(context, cancellationToken)).Chunk(BatchSize))
        {
            var users = await context
                .Users.Where(user => texts.Contains(user.Email.Normalized))
                .Select(user => new
                {
                    user.Id,
                    user.CreatedAt,
                    user.Email.Value,
                    user.Email.Normalized,
                })
                .ToListAsync(cancellationToken);
            foreach (var user in users)
            {
                if (
                    EmailAddress.TryParse(user.Value, out var address)
                    && address!.Normalized is var normalized
                    && normalized != user.Normalized
                )
                {
                    outdated.Add(new(user.Id, user.CreatedAt, user.Normalized, normalized));
                }
            }
        }

        var holders = await FindHoldersAsync(context, outdated, cancellationToken);
        var found = new List<OutdatedAddress>();
        foreach (var user in outdated.OrderBy(user => user.CreatedAt).ThenBy(user => user.Id))
        {
            Guid? other = holders.TryGetValue(user.Normalized, out var holder) ? holder : null;
            holders.TryAdd(user.Normalized, user.Id);
            found.Add(new(user.Id, user.Stored, user.Normalized, other));
        }

        return found;
    }

    // Every address is read for it, but from the index alone, and those of plain ASCII stay in the database.
    private static async Task<List<string>> FindSuspectsAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var suspects = new List<string>();
        context.Database.SetCommandTimeout(s_longStatement);
        await foreach (
            var text in context
                .Users.Where(context.HasInternationalAddress)
                .Select(user => user.Email.Normalized)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
        )
        {
            // Compatibility forms of the final sigma are another letter of a domain, and cannot be told from it any more.
            if (EmailAddress.TryParse(text, out var address) && (address!.Normalized != text || text.Contains('ς')))
            {
                suspects.Add(text);
            }
        }

        context.Database.SetCommandTimeout(timeout: null);
        return suspects;
    }

    private static async Task<Dictionary<string, Guid>> FindHoldersAsync(
        AppDbContext context,
        List<Candidate> outdated,
        CancellationToken cancellationToken
    )
    {
        var holders = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var texts in outdated.Select(user => user.Normalized).Distinct().Chunk(BatchSize))
        {
            var users = await context
                .Users.Where(user => texts.Contains(user.Email.Normalized))
                .Select(user => new { user.Id, user.Email.Normalized })
                .ToListAsync(cancellationToken);
            users.ForEach(user => holders.Add(user.Normalized, user.Id));
        }

        return holders;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Users who share a mailbox with another user, in another spelling of its address: {Count}. "
            + "dotnet Auth.Api.dll doctor names them and says what to do"
    )]
    private static partial void LogCollisions(ILogger logger, int count);

    private sealed record Candidate(Guid Id, DateTimeOffset CreatedAt, string Stored, string Normalized);
}

/// <summary>A user who is stored under another text than that which their address is compared by.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Stored">The text in the database.</param>
/// <param name="Normalized">The text that it should be.</param>
/// <param name="OtherUserId">Another user who has the same mailbox, and comes first; null if there is none.</param>
internal sealed record OutdatedAddress(Guid UserId, string Stored, string Normalized, Guid? OtherUserId);
