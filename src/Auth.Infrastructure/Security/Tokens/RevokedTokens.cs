using System.Collections.Concurrent;
using Auth.Domain.Revocations;
using Auth.Domain.Users;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// The revocations of the last access-token lifetime in memory, so that revoked tokens are rejected without a database
/// query. Thread-safe and idempotent.
/// </summary>
internal sealed class RevokedTokens(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Entry> _sessions = new();
    private readonly ConcurrentDictionary<Guid, Entry> _users = new();
    private readonly ConcurrentDictionary<string, Entry> _roles = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns how a token was revoked; null if it was not. The revocation of the session takes precedence over that of the user,
    /// and that over one of a role.
    /// </summary>
    public TokenRevocation? Find(Guid sessionId, Guid userId, AccessVersion version, IReadOnlyList<string> roles)
    {
        if (_sessions.TryGetValue(sessionId, out var session))
        {
            return new(session.Reason, SessionContinues: false);
        }

        if (_users.TryGetValue(userId, out var user) && version.OfUser < user.TokenVersion)
        {
            return new(user.Reason, RevocationReasons.SessionContinues(user.Reason));
        }

        for (var i = 0; i < roles.Count; i++)
        {
            if (_roles.TryGetValue(roles[i], out var role) && version.OfRoles < role.TokenVersion)
            {
                return new(role.Reason, SessionContinues: true);
            }
        }

        return null;
    }

    /// <summary>Adds a revocation. Revocations may arrive in any order.</summary>
    public void Add(Revocation revocation)
    {
        if (revocation.IsOfEverything)
        {
            return; // there is one for each user as well
        }

        var entry = new Entry(
            revocation.TokenVersion ?? 0,
            revocation.Reason,
            revocation.OccurredAt,
            clock.GetTimestamp()
        );
        if (revocation.Role is { } role)
        {
            Add(_roles, role, entry);
        }
        else
        {
            Add(revocation.TokenVersion is null ? _sessions : _users, revocation.SubjectId, entry);
        }
    }

    /// <summary>
    /// Removes revocations that both happened and were learned longer ago than any token lives. One of the two is not enough:
    /// the clock of the other instance may be wrong, and the local one may be set back, which prolongs the life of tokens.
    /// </summary>
    public void RemoveOlderThan(TimeSpan age)
    {
        RemoveOlderThan(_sessions, age);
        RemoveOlderThan(_users, age);
        RemoveOlderThan(_roles, age);
    }

    private static void Add<TKey>(ConcurrentDictionary<TKey, Entry> entries, TKey key, Entry entry)
        where TKey : notnull =>
        entries.AddOrUpdate(key, static (_, added) => added, static (_, known, added) => known.With(added), entry);

    private void RemoveOlderThan<TKey>(ConcurrentDictionary<TKey, Entry> entries, TimeSpan age)
        where TKey : notnull
    {
        var oldest = clock.GetUtcNow() - age;
        foreach (var entry in entries)
        {
            if (entry.Value.OccurredAt < oldest && clock.GetElapsedTime(entry.Value.LearnedAt) > age)
            {
                // Removes only this entry: it may have been replaced meanwhile.
                entries.TryRemove(entry);
            }
        }
    }

    private sealed record Entry(int TokenVersion, string Reason, DateTimeOffset OccurredAt, long LearnedAt)
    {
        // The higher version covers the lower one, and has to be kept as long as either of them.
        public Entry With(Entry other)
        {
            var stronger = other.TokenVersion > TokenVersion ? other : this;
            return stronger with
            {
                OccurredAt = OccurredAt > other.OccurredAt ? OccurredAt : other.OccurredAt,
                LearnedAt = Math.Max(LearnedAt, other.LearnedAt),
            };
        }
    }
}

/// <summary>How a token was revoked.</summary>
/// <param name="Reason">The reason; one of <see cref="RevocationReasons"/>.</param>
/// <param name="SessionContinues">Whether the session goes on: a refresh returns a valid token.</param>
internal readonly record struct TokenRevocation(string Reason, bool SessionContinues);
