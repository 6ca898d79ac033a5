using Auth.Domain.Common;

namespace Auth.Domain.Keys;

/// <summary>Errors about signing keys.</summary>
public static class SigningKeyErrors
{
    /// <summary>A shared secret can be replaced only in the configuration.</summary>
    public static readonly Error SharedSecret = new(
        "SHARED_SECRET",
        "Tokens are signed with the shared secret in the configuration. To rotate it, change it there.",
        ErrorKind.Conflict
    );
}
