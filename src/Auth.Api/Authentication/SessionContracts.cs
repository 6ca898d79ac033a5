using Auth.Application.Authentication;

namespace Auth.Api.Authentication;

/// <summary>A session: one sign-in on one device.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="LastUsedAt">When it was last refreshed.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed before.</param>
/// <param name="IpAddress">The client's address at the last use.</param>
/// <param name="UserAgent">What the client called itself at the last use.</param>
/// <param name="Current">Whether it is the caller's.</param>
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
    /// <summary>Shows a session.</summary>
    public static SessionResponse Of(SessionDetails session) =>
        new(
            session.Id,
            session.CreatedAt,
            session.LastUsedAt,
            session.ExpiresAt,
            session.IpAddress,
            session.UserAgent,
            session.Current
        );
}
