namespace Auth.Domain.Sessions;

/// <summary>How long sessions are valid, and how long rotated tokens are accepted.</summary>
public sealed record SessionPolicy
{
    /// <summary>How long a session is valid without being used.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long a session is valid at most; never extended.</summary>
    public TimeSpan AbsoluteLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The minimum time for which a refresh token is accepted after its rotation; zero for none.</summary>
    public TimeSpan GraceWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of such replays between two rotations; more are reuse.</summary>
    public int GraceReplays { get; init; } = 100;
}
