using Auth.Application.Abstractions;
using Auth.Application.Users;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Authentication;

/// <summary>What a client gets that has signed in or refreshed.</summary>
/// <param name="AccessToken">The signed access token.</param>
/// <param name="RefreshToken">The current refresh token of the session.</param>
/// <param name="RefreshTokenExpiresAt">When the session ends unless it is refreshed before.</param>
/// <param name="SessionId">The session.</param>
/// <param name="User">The user.</param>
public sealed record SignIn(
    AccessToken AccessToken,
    string RefreshToken,
    DateTimeOffset RefreshTokenExpiresAt,
    Guid SessionId,
    UserDetails User
)
{
    /// <summary>By what the device is recognised at its next sign-in; null after a refresh.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SignIn);
}

/// <summary>Issues the tokens of a session.</summary>
internal sealed class SignInTokens(IAccessTokenIssuer accessTokens, IRefreshTokens refreshTokens)
{
    public SignIn Issue(User user, Session session, DateTimeOffset now) =>
        new(
            accessTokens.Issue(user, session, now),
            refreshTokens.Create(session),
            session.ExpiresAt,
            session.Id,
            UserDetails.From(user)
        );
}
