using Auth.Domain.Users;

namespace Auth.Application.Abstractions;

/// <summary>Validates access tokens that arrive other than in the header <c>Authorization</c>.</summary>
public interface IAccessTokenInspector
{
    /// <summary>Validates a token as a protected route of this instance does.</summary>
    /// <returns>Null if the text is not a valid access token.</returns>
    /// <exception cref="ServiceUnavailableException">Revocations have not been read for too long.</exception>
    InspectedToken? Inspect(string token);
}

/// <summary>The claims of a valid access token.</summary>
/// <param name="SubjectId">The user or the service account.</param>
/// <param name="IsService">Whether it is a service account.</param>
/// <param name="SessionId">The session.</param>
/// <param name="JwtId">The token's id.</param>
/// <param name="Version">The version of the data in it.</param>
/// <param name="Issuer">The issuer.</param>
/// <param name="Audience">The audience.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Permissions">The permissions.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record InspectedToken(
    Guid SubjectId,
    bool IsService,
    Guid SessionId,
    string JwtId,
    AccessVersion Version,
    string Issuer,
    string Audience,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
);
