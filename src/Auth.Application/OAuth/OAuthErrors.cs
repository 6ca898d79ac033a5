using Auth.Domain.Common;

namespace Auth.Application.OAuth;

/// <summary>
/// The errors of RFC 6749 §5.2. They are properties, because they are not problem codes of this service: their responses have
/// the form of the RFC.
/// </summary>
public static class OAuthErrors
{
    /// <summary>A parameter is missing, repeated or malformed.</summary>
    public static Error InvalidRequest { get; } =
        new("invalid_request", "A parameter is missing, repeated or malformed.", ErrorKind.Validation);

    /// <summary>The client is unknown or disabled, the secret is wrong, or there is none.</summary>
    public static Error InvalidClient { get; } =
        new("invalid_client", "The client could not be authenticated.", ErrorKind.Unauthenticated);

    /// <summary>The grant type is another one.</summary>
    public static Error UnsupportedGrantType { get; } =
        new("unsupported_grant_type", "The only supported grant type is client_credentials.", ErrorKind.Validation);

    /// <summary>The client does not have a permission that it asked for.</summary>
    public static Error InvalidScope { get; } =
        new(
            "invalid_scope",
            "The scope must be a list of permissions that the client has, separated by spaces.",
            ErrorKind.Validation
        );
}
