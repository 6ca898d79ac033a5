namespace Auth.Load;

/// <summary>The durations of the measurements.</summary>
internal sealed record Plan
{
    /// <summary>A full run.</summary>
    public static readonly Plan Full = new()
    {
        WarmUp = TimeSpan.FromSeconds(40),
        PeerWarmUp = TimeSpan.FromSeconds(15),
        Slice = TimeSpan.FromSeconds(5),
        Rounds = 5,
        Logins = TimeSpan.FromSeconds(20),
        Starts = 10,
    };

    /// <summary>A quick run with rough figures.</summary>
    public static readonly Plan Quick = new()
    {
        WarmUp = TimeSpan.FromSeconds(16),
        PeerWarmUp = TimeSpan.FromSeconds(4),
        Slice = TimeSpan.FromSeconds(2),
        Rounds = 3,
        Logins = TimeSpan.FromSeconds(6),
        Starts = 3,
    };

    /// <summary>The number of concurrent clients.</summary>
    public const int Clients = 32;

    public required TimeSpan WarmUp { get; init; }

    public required TimeSpan PeerWarmUp { get; init; }

    /// <summary>The length of a turn.</summary>
    public required TimeSpan Slice { get; init; }

    /// <summary>The number of turns; the median counts.</summary>
    public required int Rounds { get; init; }

    public required TimeSpan Logins { get; init; }

    /// <summary>The number of cold starts; the median counts.</summary>
    public required int Starts { get; init; }
}
