using Auth.Domain.Common;

namespace Auth.Domain.Keys;

/// <summary>What can be wrong with a request about signing keys.</summary>
public static class SigningKeyErrors
{
    /// <summary>Only whoever configures the service can replace a shared secret.</summary>
    public static readonly Error SharedSecret = new(
        "SHARED_SECRET",
        "Tokens are signed with the shared secret in the configuration. To rotate it, change it there.",
        ErrorKind.Conflict
    );
}
