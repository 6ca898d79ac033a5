namespace Auth.Domain.Sessions;

/// <summary>What became of a genuine refresh token.</summary>
public enum Rotation
{
    /// <summary>It was current: the session moved on to the next generation.</summary>
    Rotated,

    /// <summary>It was rotated away a moment ago and its successor is unused: it yields the same successor.</summary>
    Replayed,

    /// <summary>The session has ended or expired.</summary>
    Ended,

    /// <summary>It is older than that: the session was ended because of it.</summary>
    Reused,
}
