using System.Collections.Concurrent;
using Auth.Domain.Revocations;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// The revocations of the last access-token lifetime in memory, so that a stateless token can be refused without a
/// database. Safe to use from many threads; adding the same revocation again changes nothing.
/// </summary>
internal sealed class RevokedTokens
{
    private readonly ConcurrentDictionary<Guid, Entry> _sessions = new();
    private readonly ConcurrentDictionary<Guid, Entry> _users = new();

    /// <summary>Why a token was revoked; null if it was not. The session's reason is the more telling one.</summary>
    public string? FindReason(Guid sessionId, Guid userId, int tokenVersion) =>
        _sessions.TryGetValue(sessionId, out var session) ? session.Reason
        : _users.TryGetValue(userId, out var user) && tokenVersion < user.TokenVersion ? user.Reason
        : null;

    /// <summary>Takes note of a revocation. Revocations may come in any order.</summary>
    public void Add(Revocation revocation)
    {
        var entries = revocation.TokenVersion is null ? _sessions : _users;
        var entry = new Entry(revocation.TokenVersion ?? 0, revocation.Reason, revocation.OccurredAt);
        entries.AddOrUpdate(
            revocation.SubjectId,
            static (_, added) => added,
            static (_, known, added) => known.With(added),
            entry
        );
    }

    /// <summary>Forgets what happened before an instant: no token that was issued before then is alive any more.</summary>
    public void RemoveOlderThan(DateTimeOffset instant)
    {
        RemoveOlderThan(_sessions, instant);
        RemoveOlderThan(_users, instant);
    }

    private static void RemoveOlderThan(ConcurrentDictionary<Guid, Entry> entries, DateTimeOffset instant)
    {
        foreach (var entry in entries)
        {
            if (entry.Value.OccurredAt < instant)
            {
                // Only this very entry: another one may have come in its place since.
                entries.TryRemove(entry);
            }
        }
    }

    private sealed record Entry(int TokenVersion, string Reason, DateTimeOffset OccurredAt)
    {
        // The higher version says more than the lower one, and has to be remembered as long as either of them.
        public Entry With(Entry other)
        {
            var stronger = other.TokenVersion > TokenVersion ? other : this;
            return stronger with { OccurredAt = OccurredAt > other.OccurredAt ? OccurredAt : other.OccurredAt };
        }
    }
}
