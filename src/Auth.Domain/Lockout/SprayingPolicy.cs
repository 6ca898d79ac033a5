namespace Auth.Domain.Lockout;

/// <summary>When failed sign-ins from one address count as password spraying: a few guesses at each of many accounts.</summary>
public sealed record SprayingPolicy
{
    /// <summary>The number of different accounts at which sign-ins from one address have to fail.</summary>
    public int Threshold { get; init; } = 15;

    /// <summary>The period in which they have to fail.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Whether the address is then throttled; off by default, because offices and mobile networks share addresses.</summary>
    public bool Throttle { get; init; }
}
