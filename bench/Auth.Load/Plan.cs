namespace Auth.Load;

/// <summary>How long everything is measured.</summary>
internal sealed record Plan
{
    /// <summary>A run whose figures count.</summary>
    public static readonly Plan Full = new()
    {
        WarmUp = TimeSpan.FromSeconds(40),
        PeerWarmUp = TimeSpan.FromSeconds(15),
        Slice = TimeSpan.FromSeconds(5),
        Rounds = 5,
        Logins = TimeSpan.FromSeconds(20),
        Starts = 10,
    };

    /// <summary>A run for trying things.</summary>
    public static readonly Plan Quick = new()
    {
        WarmUp = TimeSpan.FromSeconds(16),
        PeerWarmUp = TimeSpan.FromSeconds(4),
        Slice = TimeSpan.FromSeconds(2),
        Rounds = 3,
        Logins = TimeSpan.FromSeconds(6),
        Starts = 3,
    };

    /// <summary>How many clients there are at once.</summary>
    public const int Clients = 32;

    public required TimeSpan WarmUp { get; init; }

    public required TimeSpan PeerWarmUp { get; init; }

    /// <summary>How long one thing is measured before it is another's turn.</summary>
    public required TimeSpan Slice { get; init; }

    /// <summary>How often each thing has its turn: the median counts.</summary>
    public required int Rounds { get; init; }

    public required TimeSpan Logins { get; init; }

    /// <summary>How many cold starts there are: the median counts.</summary>
    public required int Starts { get; init; }
}
