using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
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

/// <summary>A sign-in.</summary>
public sealed record LoginRequest
{
    /// <summary>The e-mail address of the account.</summary>
    public string? Email { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }

    /// <summary>Where to deliver the refresh token: in an HttpOnly cookie (the default), or in the response body.</summary>
    [RefreshTokenPlace]
    public string? RefreshTokenIn { get; init; }

    /// <summary>
    /// The <c>deviceToken</c> of the previous sign-in, so that other people's wrong passwords do not lock out this device. An
    /// empty string requests the first one. Browsers keep it in a cookie.
    /// </summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(LoginRequest);
}

/// <summary>The tokens of a session, and its user.</summary>
/// <param name="AccessToken">The JWT to send as <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">The lifetime of the access token in seconds.</param>
/// <param name="RefreshToken">The refresh token; absent if it is delivered in the cookie.</param>
/// <param name="RefreshTokenExpiresAt">When the session expires unless it is refreshed.</param>
/// <param name="SessionId">The id of the session.</param>
/// <param name="User">The signed-in user.</param>
/// <param name="DeviceToken">
/// The device token to send with the next sign-in, so that this device is recognized; returned only if the request has
/// one.
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
    /// <summary>Creates the response for a sign-in, with or without the tokens that can be delivered in cookies.</summary>
    public static SignInResponse From(SignIn signIn, bool inBody, bool withDeviceToken) =>
        new(
            signIn.AccessToken.Value,
            "Bearer",
            (int)signIn.AccessToken.Lifetime.TotalSeconds,
            inBody ? signIn.RefreshToken : null,
            signIn.RefreshTokenExpiresAt,
            signIn.SessionId,
            SignedInUserResponse.From(signIn.User),
            inBody && withDeviceToken ? signIn.DeviceToken : null
        );

    /// <inheritdoc/>
    public override string ToString() => nameof(SignInResponse);
}

/// <summary>The signed-in user.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The e-mail address as entered.</param>
/// <param name="DisplayName">The display name.</param>
/// <param name="EmailConfirmed">Whether the user has proved control of the e-mail address.</param>
/// <param name="Roles">The names of the user's roles, in alphabetical order.</param>
/// <param name="Permissions">The permissions that the roles grant, in alphabetical order.</param>
public sealed record SignedInUserResponse(
    Guid Id,
    string Email,
    string? DisplayName,
    bool EmailConfirmed,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions
)
{
    /// <summary>Creates the response for a user.</summary>
    public static SignedInUserResponse From(UserDetails user) =>
        new(user.Id, user.Email, user.DisplayName, user.EmailConfirmed, user.Roles, user.Permissions);
}
