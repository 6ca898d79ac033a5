namespace Auth.Domain.Lockout;

/// <summary>How many wrong passwords in a row are taken, and how long one has to wait after more.</summary>
public sealed record LockoutPolicy
{
    /// <summary>Whether wrong passwords are counted at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>After how many failures in a row waiting begins.</summary>
    public int Threshold { get; init; } = 10;

    /// <summary>The first waiting time; each further failure doubles it.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest waiting time.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After how many failures in a row waiting no longer helps (NIST SP 800-63B-4 §3.2.2: at most 100).</summary>
    public int HardLimit { get; init; } = 100;

    /// <summary>When failures at many accounts are password spraying.</summary>
    public SprayingPolicy Spraying { get; init; } = new();

    /// <summary>What may be done after so many failures in a row, some time after the last of them.</summary>
    public LockState StateAfter(int failures, TimeSpan sinceLast) =>
        failures >= HardLimit ? LockState.Locked
        : failures < Threshold ? LockState.Open
        : sinceLast < DelayAfter(failures) ? LockState.Delayed
        : LockState.SingleAttempt;

    /// <summary>How long to wait after so many failures in a row.</summary>
    public TimeSpan DelayAfter(int failures) =>
        failures < Threshold
            ? TimeSpan.Zero
            : TimeSpan.FromTicks((long)Math.Min(FirstDelay.Ticks * Math.Pow(2, failures - Threshold), MaxDelay.Ticks));
}
