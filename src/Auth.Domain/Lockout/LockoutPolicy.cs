namespace Auth.Domain.Lockout;

/// <summary>The limits on consecutive wrong passwords, and the delays after them.</summary>
public sealed record LockoutPolicy
{
    /// <summary>Whether wrong passwords are counted.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The number of consecutive failures after which attempts are delayed.</summary>
    public int Threshold { get; init; } = 10;

    /// <summary>The first delay; each further failure doubles it.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest delay.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The number of consecutive failures after which the account is locked (NIST SP 800-63B-4 §3.2.2: at most 100).</summary>
    public int HardLimit { get; init; } = 100;

    /// <summary>When failures at many accounts are password spraying.</summary>
    public SprayingPolicy Spraying { get; init; } = new();

    /// <summary>The state after a number of consecutive failures, some time after the last one.</summary>
    public LockState StateAfter(int failures, TimeSpan sinceLast) =>
        failures >= HardLimit ? LockState.Locked
        : failures < Threshold ? LockState.Open
        : sinceLast < DelayAfter(failures) ? LockState.Delayed
        : LockState.SingleAttempt;

    /// <summary>The delay after a number of consecutive failures.</summary>
    public TimeSpan DelayAfter(int failures) =>
        failures < Threshold
            ? TimeSpan.Zero
            : TimeSpan.FromTicks((long)Math.Min(FirstDelay.Ticks * Math.Pow(2, failures - Threshold), MaxDelay.Ticks));
}
