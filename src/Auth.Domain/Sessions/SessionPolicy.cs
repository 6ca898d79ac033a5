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

    /// <summary>
    /// The maximum age of the sign-in of a user who ends sessions on other devices; zero for any (ASVS V7.5.2).
    /// </summary>
    public TimeSpan RecentSignIn { get; init; } = TimeSpan.Zero;

    /// <summary>Whether a sign-in is recent enough to end sessions on other devices.</summary>
    public bool IsRecent(DateTimeOffset authenticatedAt, DateTimeOffset now) =>
        RecentSignIn == TimeSpan.Zero || now - authenticatedAt < RecentSignIn;
}
