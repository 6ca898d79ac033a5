namespace Auth.Domain.Sessions;

/// <summary>The outcome for a genuine refresh token.</summary>
public enum Rotation
{
    /// <summary>It was current: the session has been rotated to the next generation.</summary>
    Rotated,

    /// <summary>It was rotated less than a grace window ago: the response is the current token.</summary>
    Replayed,

    /// <summary>The session has ended or expired.</summary>
    Ended,

    /// <summary>It was rotated longer ago: the session has been ended because of it.</summary>
    Reused,
}
