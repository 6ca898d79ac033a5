using Auth.Domain.Common;
using Auth.Domain.Revocations;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// The revocations that other services need, in the order in which this instance learned of them. Bounded by what is revoked
/// within one access-token lifetime. Thread-safe and idempotent.
/// </summary>
internal sealed class RevocationLog(JwtOptions jwt, TimeProvider clock)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _changing = new();
    private readonly Queue<RevocationEvent> _events = new();
    private readonly Dictionary<long, RevocationEvent> _byId = [];
    private readonly Dictionary<string, RevocationEvent> _keys = new(StringComparer.Ordinal);
    private readonly TimeSpan _lifetime = jwt.AccessTokenLifetime + InstanceClocks.MaxDifference;
    private long _stableId;
    private long _removed;
    private Snapshot? _snapshot;
    private string? _cursor;
    private long? _signalled;
    private bool _isUnsignalled;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Whether there was a change since the last signal.</summary>
    public bool HasUnsignalledChange
    {
        get
        {
            lock (_changing)
            {
                return _isUnsignalled;
            }
        }
    }

    /// <summary>The time since the last signal; null if there was none.</summary>
    public TimeSpan? TimeSinceSignal
    {
        get
        {
            lock (_changing)
            {
                return _signalled is { } signalled ? clock.GetElapsedTime(signalled) : null;
            }
        }
    }

    /// <summary>Adds a revocation that is stored in the database.</summary>
    public void Add(Revocation revocation)
    {
        lock (_changing)
        {
            // Polls overlap, so most rows are known.
            if (_byId.ContainsKey(revocation.Id))
            {
                return;
            }

            var added = RevocationEvent.From(revocation, jwt.Issuer, _lifetime, clock.GetTimestamp());
            _byId.Add(added.Id, added);
            _events.Enqueue(added);
            (_snapshot, _isUnsignalled) = (null, true);
        }
    }

    /// <summary>Adds a key whose tokens are no longer accepted.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="until">When the last of its tokens would have expired.</param>
    public void AddKey(string keyId, DateTimeOffset until)
    {
        lock (_changing)
        {
            if (_keys.TryAdd(keyId, RevocationEvent.OfKey(keyId, jwt.Issuer, until)))
            {
                (_snapshot, _isUnsignalled) = (null, true);
            }
        }
    }

    /// <summary>Records that all rows up to a number have been added, and that no lower number can appear any more.</summary>
    public void MarkStable(long id)
    {
        lock (_changing)
        {
            if (_stableId != id)
            {
                (_stableId, _cursor) = (id, null);
            }
        }
    }

    /// <summary>Removes revocations that happened and were learned longer ago than any token lives.</summary>
    public void RemoveExpired()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_changing)
        {
            while (
                _events.TryPeek(out var oldest)
                && oldest.ExpiresAt < now
                && clock.GetElapsedTime(oldest.LearnedAt) > _lifetime
            )
            {
                _byId.Remove(_events.Dequeue().Id);
                _removed++;
                _snapshot = null;
            }

            foreach (var (id, key) in _keys)
            {
                if (key.ExpiresAt < now)
                {
                    _keys.Remove(id);
                }
            }
        }
    }

    /// <summary>
    /// The current content, the same object until it changes, and the cursor of a document with all of it; that of the start
    /// if nothing is known to be complete.
    /// </summary>
    public (Snapshot Content, string Cursor) Read()
    {
        lock (_changing)
        {
            if (_snapshot is null)
            {
                _snapshot = new([.. _events], [.. _keys.Values], _removed);
                _cursor = null;
            }

            return (_snapshot, _cursor ??= _snapshot.FindCursor(_stableId));
        }
    }

    /// <summary>Completes at the next <see cref="Signal"/>.</summary>
    public Task WaitAsync()
    {
        lock (_changing)
        {
            return _changed.Task;
        }
    }

    /// <summary>Continues those who wait.</summary>
    public void Signal()
    {
        TaskCompletionSource changed;
        lock (_changing)
        {
            (changed, _changed) = (_changed, NewSignal());
            (_signalled, _isUnsignalled) = (clock.GetTimestamp(), false);
        }

        changed.SetResult();
    }

    /// <summary>
    /// Continues those who wait after a change, but not for each of many: those that follow closely are left to the next poll.
    /// </summary>
    public void SignalChange()
    {
        if (TimeSinceSignal is not { } elapsed || elapsed >= s_pause)
        {
            Signal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The content of the log at one time.</summary>
    internal sealed class Snapshot
    {
        private readonly RevocationEvent[] _events;
        private readonly long[] _highestIds;

        public Snapshot(RevocationEvent[] events, RevocationEvent[] keys, long start)
        {
            (_events, Keys, Start) = (events, keys, start);
            _highestIds = new long[events.Length];
            var highest = 0L;
            for (var i = 0; i < events.Length; i++)
            {
                _highestIds[i] = highest = Math.Max(highest, events[i].Id);
                LastEverything = events[i].Type == 'a' ? Math.Max(LastEverything, events[i].Id) : LastEverything;
            }
        }

        /// <summary>The events of rows, in the order in which they were added.</summary>
        public ReadOnlySpan<RevocationEvent> Events => _events;

        /// <summary>The withdrawn keys.</summary>
        public IReadOnlyList<RevocationEvent> Keys { get; }

        /// <summary>The position of the first event, counted from the start of the process.</summary>
        public long Start { get; }

        /// <summary>The position after the last event.</summary>
        public long End => Start + _events.Length;

        /// <summary>The number of the last row that revoked everything; 0 if there is none.</summary>
        public long LastEverything { get; }

        /// <summary>Returns the position of the first event that may be newer than a cursor; null if the cursor is unknown.</summary>
        public long? FindPosition(string? cursor)
        {
            if (cursor == RevocationEvent.StartCursor)
            {
                return Start;
            }

            if (cursor is null || RevocationEvent.FindId(cursor) is not { } id)
            {
                return null;
            }

            // The events before the first higher number have lower ones, so the recipient has them.
            var known = FindFirst(id);
            return known < _events.Length && _events[known].Id == id && _events[known].ToCursor() == cursor
                ? Start + FindFirst(id + 1)
                : null;
        }

        /// <summary>Returns the cursor of the last event, by number, up to a given number; that of the start if there is none.</summary>
        public string FindCursor(long stableId)
        {
            var next = FindFirst(stableId + 1);
            return next == 0 ? RevocationEvent.StartCursor : _events[FindFirst(_highestIds[next - 1])].ToCursor();
        }

        // Rows become visible in another order than they are numbered, so the numbers themselves are not sorted.
        private int FindFirst(long id)
        {
            var (low, high) = (0, _highestIds.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _highestIds[middle] < id ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
