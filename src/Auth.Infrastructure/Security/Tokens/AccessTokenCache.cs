using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// Caches tokens whose signature was verified, because verifying one costs more than the rest of a request. It ignores
/// time, keys and revocations, which the caller has to check. Thread-safe.
/// </summary>
/// <remarks>
/// A token is cached the second time it is verified: many are used only once. There are two generations. Tokens are added
/// to the young one; when it is full, it becomes the old one, and tokens that have not been used since are dropped.
/// </remarks>
internal sealed class AccessTokenCache
{
    /// <summary>The maximum number of tokens in a generation.</summary>
    public const int MaxTokens = 16 * 1024;

    /// <summary>The maximum total length of the tokens in a generation, in characters.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int MaxSeenOnce = 64 * 1024;

    private readonly int[] _seenOnce = new int[MaxSeenOnce];
    private volatile Generations _generations = new(new(), new());

    /// <summary>The number of tokens, for tests.</summary>
    public int Count => _generations.Young.Count + _generations.Old.Count;

    public bool TryFind(string text, [NotNullWhen(true)] out Verified? verified)
    {
        var (young, old) = _generations;
        if (young.TryFind(text, out verified))
        {
            return true;
        }

        if (!old.TryFind(text, out verified))
        {
            return false;
        }

        Keep(text, verified);
        return true;
    }

    /// <summary>Adds a token, unless it is seen for the first time.</summary>
    public void Add(string text, Verified verified)
    {
        // Of two tokens in one slot the later one counts; the other is verified once more.
        var hash = ByEnd.Hash(text);
        ref var seen = ref _seenOnce[hash & (MaxSeenOnce - 1)];
        if (seen == hash)
        {
            Keep(text, verified);
        }

        seen = hash;
    }

    public void Remove(string text)
    {
        var (young, old) = _generations;
        young.Remove(text);
        old.Remove(text);
    }

    private void Keep(string text, Verified verified)
    {
        var generations = _generations;
        while (!generations.Young.TryAdd(text, verified))
        {
            // If another thread was faster, continue with the generations it set.
            Interlocked.CompareExchange(ref _generations, new(new(), generations.Young), generations);
            generations = _generations;
        }
    }

    /// <summary>A token and the result of its validation.</summary>
    internal sealed record Verified(VerifiedAccessToken Token, TokenValidationResult Result);

    private sealed record Generations(Generation Young, Generation Old);

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<string, Verified> _tokens = new(new ByEnd());
        private int _count;
        private int _length;

        public int Count => _tokens.Count;

        public bool TryFind(string text, [NotNullWhen(true)] out Verified? verified) =>
            _tokens.TryGetValue(text, out verified);

        /// <returns>Whether there was room for the token.</returns>
        public bool TryAdd(string text, Verified verified)
        {
            if (Interlocked.Increment(ref _count) > MaxTokens || Interlocked.Add(ref _length, text.Length) > MaxLength)
            {
                return false;
            }

            _tokens[text] = verified;
            return true;
        }

        // Does not make room: the generation is replaced a little earlier.
        public void Remove(string text) => _tokens.TryRemove(text, out _);
    }

    /// <summary>Compares whole tokens, and hashes their end: the signature, which is random enough.</summary>
    private sealed class ByEnd : IEqualityComparer<string>
    {
        private const int Length = 32;

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string obj) => Hash(obj);

        public static int Hash(string text) =>
            string.GetHashCode(text.AsSpan(Math.Max(0, text.Length - Length)), StringComparison.Ordinal);
    }
}
