using Auth.Application.Abstractions;
using Auth.Application.Users;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Authentication;

/// <summary>The result of a sign-in or a refresh: the tokens of a session and its user.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="RefreshToken">The refresh token.</param>
/// <param name="RefreshTokenExpiresAt">When the session expires unless it is refreshed.</param>
/// <param name="SessionExpiresAt">When the session expires at the latest.</param>
/// <param name="SessionId">The id of the session.</param>
/// <param name="User">The user.</param>
public sealed record SignIn(
    AccessToken AccessToken,
    string RefreshToken,
    DateTimeOffset RefreshTokenExpiresAt,
    DateTimeOffset SessionExpiresAt,
    Guid SessionId,
    UserDetails User
) : SecretRecord
{
    /// <summary>The token that recognizes the device at its next sign-in; null after a refresh.</summary>
    public string? DeviceToken { get; init; }
}

/// <summary>Issues the tokens of a session.</summary>
internal sealed class SignInTokens(IAccessTokenIssuer accessTokens, IRefreshTokens refreshTokens)
{
    public SignIn Issue(User user, Session session, DateTimeOffset now) =>
        new(
            accessTokens.Issue(user, session, now),
            refreshTokens.Create(session),
            session.ExpiresAt,
            session.AbsoluteExpiresAt,
            session.Id,
            UserDetails.From(user)
        );
}
