using System.Collections.Frozen;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Finds the users whose stored address was normalized by an earlier version. Instances of that version, which may still be
/// running, look users up by it. So it stays for a while, and this instance remembers these users.
/// </summary>
internal sealed partial class LegacyAddresses(ILogger<LegacyAddresses> logger)
{
    private const int BatchSize = 500;

    private volatile FrozenDictionary<string, string> _stored = FrozenDictionary<string, string>.Empty;
    private int _collisions;

    /// <summary>
    /// Lists the normalized forms by which to look an address up, in order. If two users share a mailbox, each is found by
    /// their own spelling, and the older one by any other.
    /// </summary>
    public IEnumerable<string> FormsOf(EmailAddress email)
    {
        // The current form comes last, so that a user who is being updated at this moment is not missed.
        string[] texts =
        [
            email.LegacyNormalized,
            _stored.GetValueOrDefault(email.Normalized, email.Normalized),
            email.Normalized,
        ];
        return texts.Distinct(StringComparer.Ordinal);
    }

    /// <summary>Finds and remembers these users, and warns of users who share a mailbox.</summary>
    public async Task LoadAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var legacy = await FindAsync(context, cancellationToken);
        _stored = legacy
            .Where(address => address.OtherUserId is null)
            .ToFrozenDictionary(address => address.Normalized, address => address.Stored, StringComparer.Ordinal);

        var collisions = legacy.Count(address => address.OtherUserId is not null);
        if (collisions > _collisions)
        {
            LogCollisions(logger, collisions);
        }

        _collisions = collisions;
    }

    /// <summary>Finds these users in the database, the oldest user first.</summary>
    public static async Task<IReadOnlyList<LegacyAddress>> FindAsync(
        AppDbContext context,
        CancellationToken cancellationToken
    )
    {
        var legacy = new List<Candidate>();
        foreach (var texts in (await FindCandidatesAsync(context, cancellationToken)).Chunk(BatchSize))
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
                    legacy.Add(new(user.Id, user.CreatedAt, user.Normalized, normalized));
                }
            }
        }

        var owners = await FindOwnersAsync(context, legacy, cancellationToken);
        var found = new List<LegacyAddress>();
        foreach (var user in legacy.OrderBy(user => user.CreatedAt).ThenBy(user => user.Id))
        {
            Guid? other = owners.TryGetValue(user.Normalized, out var owner) ? owner : null;
            owners.TryAdd(user.Normalized, user.Id);
            found.Add(new(user.Id, user.Stored, user.Normalized, other));
        }

        return found;
    }

    // Scans only the index, and plain ASCII addresses stay in the database.
    private static async Task<List<string>> FindCandidatesAsync(
        AppDbContext context,
        CancellationToken cancellationToken
    )
    {
        var candidates = new List<string>();
        context.Database.SetCommandTimeout(DatabaseTimeouts.WholeTable);
        await foreach (
            var text in context
                .Users.Where(context.HasInternationalAddress)
                .Select(user => user.Email.Normalized)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
        )
        {
            // Compatibility forms of the final sigma have become a different letter in the domain and cannot be recognized any more.
            if (EmailAddress.TryParse(text, out var address) && (address!.Normalized != text || text.Contains('ς')))
            {
                candidates.Add(text);
            }
        }

        context.Database.SetCommandTimeout(timeout: null);
        return candidates;
    }

    private static async Task<Dictionary<string, Guid>> FindOwnersAsync(
        AppDbContext context,
        List<Candidate> legacy,
        CancellationToken cancellationToken
    )
    {
        var owners = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var texts in legacy.Select(user => user.Normalized).Distinct().Chunk(BatchSize))
        {
            var users = await context
                .Users.Where(user => texts.Contains(user.Email.Normalized))
                .Select(user => new { user.Id, user.Email.Normalized })
                .ToListAsync(cancellationToken);
            users.ForEach(user => owners.Add(user.Normalized, user.Id));
        }

        return owners;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} users share a mailbox with another user, under a different spelling of the address. "
            + "Run dotnet Auth.Api.dll doctor for details"
    )]
    private static partial void LogCollisions(ILogger logger, int count);

    private sealed record Candidate(Guid Id, DateTimeOffset CreatedAt, string Stored, string Normalized);
}

/// <summary>A user whose stored address is not in the current normalized form.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Stored">The stored form.</param>
/// <param name="Normalized">The current form.</param>
/// <param name="OtherUserId">An older user with the same mailbox; null if there is none.</param>
internal sealed record LegacyAddress(Guid UserId, string Stored, string Normalized, Guid? OtherUserId);
