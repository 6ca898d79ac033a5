namespace Auth.Domain.Keys;

/// <summary>The parts of a signing key's life.</summary>
public enum SigningKeyState
{
    /// <summary>Published, so that every verifier has seen it before it signs.</summary>
    Announced,

    /// <summary>Signs the tokens.</summary>
    Signing,

    /// <summary>Signs no more, and verifies what it has signed.</summary>
    Retired,

    /// <summary>Neither signs nor verifies.</summary>
    Removed,
}
