using System.Collections.Concurrent;
using Auth.Domain.Revocations;
using Auth.Domain.Users;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// The revocations of the last access-token lifetime in memory, so that a stateless token can be refused without a
/// database. Safe to use from many threads; adding the same revocation again changes nothing.
/// </summary>
internal sealed class RevokedTokens(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Entry> _sessions = new();
    private readonly ConcurrentDictionary<Guid, Entry> _users = new();
    private readonly ConcurrentDictionary<string, Entry> _roles = new(StringComparer.Ordinal);

    /// <summary>
    /// Why a token was revoked; null if it was not. The session's reason is the most telling one, that of a role the least.
    /// </summary>
    public string? FindReason(Guid sessionId, Guid userId, AccessVersion version, IReadOnlyList<string> roles)
    {
        if (_sessions.TryGetValue(sessionId, out var session))
        {
            return session.Reason;
        }

        if (_users.TryGetValue(userId, out var user) && version.OfUser < user.TokenVersion)
        {
            return user.Reason;
        }

        for (var i = 0; i < roles.Count; i++)
        {
            if (_roles.TryGetValue(roles[i], out var role) && version.OfRoles < role.TokenVersion)
            {
                return role.Reason;
            }
        }

        return null;
    }

    /// <summary>Takes note of a revocation. Revocations may come in any order.</summary>
    public void Add(Revocation revocation)
    {
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
    /// Forgets what happened longer ago than any token lives, and was learned longer ago as well. Neither is enough: the
    /// clock of the instance where it happened may be wrong, and the one here may be put back, which makes tokens live
    /// longer.
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
                // Only this very entry: another one may have come in its place since.
                entries.TryRemove(entry);
            }
        }
    }

    private sealed record Entry(int TokenVersion, string Reason, DateTimeOffset OccurredAt, long LearnedAt)
    {
        // The higher version says more than the lower one, and has to be remembered as long as either of them.
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
