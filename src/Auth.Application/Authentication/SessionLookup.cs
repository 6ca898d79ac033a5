using Auth.Application.Abstractions;
using Auth.Domain.Sessions;

namespace Auth.Application.Authentication;

/// <summary>Finds the session of a refresh token, whatever its generation.</summary>
internal sealed class SessionLookup(ISessionRepository sessions, IRefreshTokens refreshTokens)
{
    /// <summary>The session of a genuine token; null for any other text.</summary>
    public async Task<Session?> FindAsync(string refreshToken, CancellationToken cancellationToken) =>
        refreshTokens.Read(refreshToken) is { } token
        && await sessions.FindAsync(token.SessionId, cancellationToken) is { } session
        && refreshTokens.IsGenuine(token, session)
            ? session
            : null;
}
