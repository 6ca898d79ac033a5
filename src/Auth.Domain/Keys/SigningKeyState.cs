namespace Auth.Domain.Keys;

/// <summary>The states of a signing key.</summary>
public enum SigningKeyState
{
    /// <summary>Published, so that every verifier knows it before it signs.</summary>
    Announced,

    /// <summary>Signs the tokens.</summary>
    Signing,

    /// <summary>No longer signs, but still verifies.</summary>
    Retired,

    /// <summary>Neither signs nor verifies.</summary>
    Removed,
}
