namespace Auth.Infrastructure.Security.Keys;

/// <summary>What other services may know of the keys.</summary>
public sealed class PublishedKeys
{
    private static readonly TimeSpan s_longestCaching = TimeSpan.FromMinutes(5);

    private readonly SigningKeyRing _keys;
    private readonly JwtOptions _jwt;
    private readonly TimeProvider _clock;

    internal PublishedKeys(SigningKeyRing keys, JwtOptions jwt, KeyOptions options, TimeProvider clock)
    {
        (_keys, _jwt, _clock) = (keys, jwt, clock);

        // Far below the announce period, so that a verifier behind a cache learns of a key before it signs; and short in
        // any case: after an emergency a cache must not keep the new key from those who ask for it.
        var share = options.AnnouncePeriod / 48;
        MaxAge = share < s_longestCaching ? share : s_longestCaching;
    }

    /// <summary>Who issues the tokens: the address that this service is reached at.</summary>
    public string Issuer => _jwt.Issuer;

    /// <summary>For how long a copy of the set may be used without asking again.</summary>
    public TimeSpan MaxAge { get; }

    /// <summary>The public keys: current, next, and those whose tokens may still live. None for a shared secret.</summary>
    public IReadOnlyList<PublishedKey> List() => _keys.ListPublished(_clock.GetUtcNow());

    /// <summary>The algorithms that tokens may be signed with.</summary>
    public IReadOnlyList<string> ListAlgorithms()
    {
        var published = List().Select(key => key.Algorithm).Distinct(StringComparer.Ordinal).ToList();
        return published.Count > 0 ? published : [_jwt.Algorithm];
    }
}
