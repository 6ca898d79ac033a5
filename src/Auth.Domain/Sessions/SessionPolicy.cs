namespace Auth.Domain.Sessions;

/// <summary>How long sessions are valid, and how long rotated tokens are accepted.</summary>
public sealed record SessionPolicy
{
    /// <summary>How long a session is valid without being used.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long a session is valid at most; never extended.</summary>
    public TimeSpan AbsoluteLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a refresh token is accepted after its rotation, at least; zero for not at all.</summary>
    public TimeSpan GraceWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many such answers a session gets at most in the window after a rotation; beyond that it is reuse.</summary>
    public int GraceReplays { get; init; } = 100;

    /// <summary>
    /// How long ago a user may have signed in who ends their sessions on other devices; zero for any time (ASVS V7.5.2).
    /// </summary>
    public TimeSpan RecentSignIn { get; init; } = TimeSpan.Zero;

    /// <summary>Whether a sign-in is as recent as ending sessions on other devices asks for.</summary>
    public bool IsRecent(DateTimeOffset authenticatedAt, DateTimeOffset now) =>
        RecentSignIn == TimeSpan.Zero || now - authenticatedAt < RecentSignIn;
}
