using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Auth.Api.Authorization;
using Auth.Application.Authentication;
using Auth.Application.Users;

namespace Auth.Api.Authentication;

/// <summary>How a client wants its refresh token: <c>cookie</c> or <c>body</c>, in any case.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RefreshTokenPlaceAttribute() : ValidationAttribute("Must be 'cookie' or 'body'.")
{
    public const string Cookie = "cookie";
    public const string Body = "body";

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || Is(value, Cookie) || Is(value, Body);

    /// <summary>Whether a request asks for the refresh token in the body.</summary>
    public static bool IsBody(string? place) => Is(place, Body);

    // Generated clients send the names of their enumerations, such as "Cookie".
    private static bool Is(object? value, string place) =>
        place.Equals(value as string, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A new account.</summary>
public sealed record RegisterRequest
{
    /// <summary>The address to sign in with.</summary>
    public string? Email { get; init; }

    /// <summary>Any Unicode text that is not easily guessed; taken exactly as sent.</summary>
    public string? Password { get; init; }

    /// <summary>What the user wants to be called.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Where to deliver the refresh token: in an HttpOnly cookie (the default), or in the response body.</summary>
    [RefreshTokenPlace]
    public string? RefreshTokenIn { get; init; }

    /// <summary>An empty text asks for a <c>deviceToken</c> for later sign-ins. Browsers have it in a cookie.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RegisterRequest);
}

/// <summary>A sign-in.</summary>
public sealed record LoginRequest
{
    /// <summary>The address of the account.</summary>
    public string? Email { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }

    /// <summary>Where to deliver the refresh token: in an HttpOnly cookie (the default), or in the response body.</summary>
    [RefreshTokenPlace]
    public string? RefreshTokenIn { get; init; }

    /// <summary>
    /// The <c>deviceToken</c> of the last sign-in: wrong passwords that others send then do not lock this device out. An empty
    /// text asks for the first one. Browsers have it in a cookie.
    /// </summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(LoginRequest);
}

/// <summary>A refresh token that is to be exchanged.</summary>
public sealed record RefreshRequest
{
    /// <summary>The token. If it is absent or empty, the cookie is used.</summary>
    public string? RefreshToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RefreshRequest);
}

/// <summary>The sessions to end.</summary>
public sealed record LogoutRequest
{
    /// <summary>A refresh token of a session. The cookie and the access token, where they are sent, count as well.</summary>
    public string? RefreshToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(LogoutRequest);
}

/// <summary>A new password.</summary>
public sealed record ChangePasswordRequest
{
    /// <summary>The password until now.</summary>
    public string? CurrentPassword { get; init; }

    /// <summary>The password from now on.</summary>
    public string? NewPassword { get; init; }

    /// <summary>The <c>deviceToken</c> of the last sign-in, if there is one. Browsers have it in a cookie.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ChangePasswordRequest);
}

/// <summary>The tokens of a session, and whose it is.</summary>
/// <param name="AccessToken">The JWT to send as <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">For how many seconds the access token holds.</param>
/// <param name="RefreshToken">The token for the next refresh; absent when it is in the cookie.</param>
/// <param name="RefreshTokenExpiresAt">When the session ends unless it is refreshed before.</param>
/// <param name="SessionId">The session.</param>
/// <param name="User">The user.</param>
/// <param name="DeviceToken">
/// To send with the next sign-in, so that this device is known; only in the body, and only where the request has one.
/// </param>
public sealed record SignInResponse(
    string AccessToken,
    string TokenType,
    int ExpiresIn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken,
    DateTimeOffset RefreshTokenExpiresAt,
    Guid SessionId,
    SignedInUserResponse User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DeviceToken
)
{
    /// <summary>Shows a sign-in, with or without what else goes into cookies.</summary>
    public static SignInResponse Of(SignIn signIn, bool inBody, bool withDeviceToken) =>
        new(
            signIn.AccessToken.Value,
            "Bearer",
            (int)signIn.AccessToken.Lifetime.TotalSeconds,
            inBody ? signIn.RefreshToken : null,
            signIn.RefreshTokenExpiresAt,
            signIn.SessionId,
            SignedInUserResponse.Of(signIn.User),
            inBody && withDeviceToken ? signIn.DeviceToken : null
        );

    /// <inheritdoc/>
    public override string ToString() => nameof(SignInResponse);
}

/// <summary>The user that has signed in.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The address, as it was given.</param>
/// <param name="DisplayName">What the user wants to be called.</param>
/// <param name="EmailConfirmed">Whether the user has shown to receive mail at the address.</param>
/// <param name="Roles">The names of the roles, in order.</param>
/// <param name="Permissions">All that the roles permit, in order.</param>
public sealed record SignedInUserResponse(
    Guid Id,
    string Email,
    string? DisplayName,
    bool EmailConfirmed,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions
)
{
    /// <summary>Shows a user.</summary>
    public static SignedInUserResponse Of(UserDetails user) =>
        new(user.Id, user.Email, user.DisplayName, user.EmailConfirmed, user.Roles, user.Permissions);
}

/// <summary>What the access token of the request says.</summary>
/// <param name="UserId">The user.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Roles">The names of the roles.</param>
/// <param name="Permissions">What the roles permit.</param>
/// <param name="AuthenticatedAt">When the user last proved who they are.</param>
/// <param name="ExpiresAt">From when the token no longer holds.</param>
public sealed record MeResponse(
    Guid UserId,
    Guid SessionId,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    DateTimeOffset AuthenticatedAt,
    DateTimeOffset ExpiresAt
)
{
    internal static MeResponse Of(CurrentUser user) =>
        new(user.Id, user.SessionId, user.Roles, user.Permissions, user.AuthenticatedAt, user.ExpiresAt);
}
