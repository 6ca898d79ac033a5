using Auth.Domain.Sessions;

namespace Auth.Api.Sessions;

/// <summary>A session: one sign-in on one device.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="LastUsedAt">When the session was last refreshed.</param>
/// <param name="ExpiresAt">When the session expires unless it is refreshed.</param>
/// <param name="IpAddress">The client's IP address when the session was last used.</param>
/// <param name="UserAgent">The client's user agent when the session was last used.</param>
/// <param name="Current">Whether this is the session of the request.</param>
public sealed record SessionResponse(
    Guid Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset ExpiresAt,
    string? IpAddress,
    string? UserAgent,
    bool Current
)
{
    /// <summary>Creates the response for a session.</summary>
    public static SessionResponse From(Session session, Guid callerSessionId) =>
        new(
            session.Id,
            session.CreatedAt,
            session.RotatedAt,
            session.ExpiresAt,
            session.IpAddress,
            session.UserAgent,
            session.Id == callerSessionId
        );
}
