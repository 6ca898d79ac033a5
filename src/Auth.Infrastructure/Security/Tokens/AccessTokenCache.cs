using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// Remembers tokens whose signature was verified, by their whole text, because verifying one costs more than all the rest
/// of a request. It knows nothing of time, keys and revocations: whoever finds a token here still has to ask for these.
/// Safe to use from many threads.
/// </summary>
/// <remarks>
/// A token is kept from the second time on that it is shown: many are shown only once. There are two generations. Tokens are
/// added to the young one; when it is full it becomes the old one, and what was not used since is forgotten with the one
/// before.
/// </remarks>
internal sealed class AccessTokenCache
{
    /// <summary>How many tokens a generation has room for.</summary>
    public const int MaxTokens = 16 * 1024;

    /// <summary>How many characters the tokens of a generation have together at the most.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int MaxSeenOnce = 64 * 1024;

    private readonly int[] _seenOnce = new int[MaxSeenOnce];
    private volatile Generations _generations = new(new(), new());

    /// <summary>How many tokens there are, for tests.</summary>
    public int Count => _generations.Young.Count + _generations.Old.Count;

    /// <summary>Finds a token that was added.</summary>
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

    /// <summary>Adds a token, unless this is the first time.</summary>
    public void Add(string text, Verified verified)
    {
        // Of two tokens that fall into one place the later counts; the other one is read once more.
        var hash = ByEnd.Hash(text);
        ref var seen = ref _seenOnce[hash & (MaxSeenOnce - 1)];
        if (seen == hash)
        {
            Keep(text, verified);
        }

        seen = hash;
    }

    /// <summary>Forgets a token.</summary>
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
            // Whoever comes second goes on with what the first one has put in its place.
            Interlocked.CompareExchange(ref _generations, new(new(), generations.Young), generations);
            generations = _generations;
        }
    }

    /// <summary>A token, and the answer that whoever shows it gets as long as it holds.</summary>
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

        /// <returns>Whether there was room for it.</returns>
        public bool TryAdd(string text, Verified verified)
        {
            if (Interlocked.Increment(ref _count) > MaxTokens || Interlocked.Add(ref _length, text.Length) > MaxLength)
            {
                return false;
            }

            _tokens[text] = verified;
            return true;
        }

        // Its room is not given back: the generation ends a little earlier.
        public void Remove(string text) => _tokens.TryRemove(text, out _);
    }

    /// <summary>Compares whole tokens. The end of a genuine one is random enough to find it by.</summary>
    private sealed class ByEnd : IEqualityComparer<string>
    {
        private const int Length = 32;

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string obj) => Hash(obj);

        public static int Hash(string text) =>
            string.GetHashCode(text.AsSpan(Math.Max(0, text.Length - Length)), StringComparison.Ordinal);
    }
}
