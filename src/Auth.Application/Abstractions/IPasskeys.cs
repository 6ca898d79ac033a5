using Auth.Domain.Factors;

namespace Auth.Application.Abstractions;

/// <summary>Passkeys (WebAuthn Level 3).</summary>
/// <remarks>The WebAuthn challenge is derived from the text of the sealed challenge, which the client sends back.</remarks>
public interface IPasskeys
{
    /// <summary>The options for creating a passkey (PublicKeyCredentialCreationOptionsJSON).</summary>
    string CreateRegistrationOptions(
        string challengeToken,
        Guid userId,
        string name,
        string displayName,
        IReadOnlyList<PasskeyCredential> existing
    );

    /// <summary>The options for signing with a passkey (PublicKeyCredentialRequestOptionsJSON).</summary>
    /// <param name="challengeToken">The sealed challenge.</param>
    /// <param name="allowed">The passkeys of the user; empty for any passkey of this service.</param>
    string CreateAssertionOptions(string challengeToken, IReadOnlyList<PasskeyCredential> allowed);

    /// <summary>Verifies a new passkey (RegistrationResponseJSON, WebAuthn §7.1).</summary>
    /// <returns>Null if anything is wrong with it.</returns>
    Task<PasskeyCredential?> VerifyRegistrationAsync(
        string challengeToken,
        Guid userId,
        string credential,
        CancellationToken cancellationToken
    );

    /// <summary>Reads which passkey signed.</summary>
    /// <returns>The SHA-256 of the credential id; null if it cannot be read.</returns>
    byte[]? ReadCredentialIdHash(string credential);

    /// <summary>Verifies a signature (AuthenticationResponseJSON, WebAuthn §7.2).</summary>
    /// <returns>Null if anything is wrong with it.</returns>
    Task<PasskeyAssertion?> VerifyAssertionAsync(
        string challengeToken,
        Factor factor,
        string credential,
        CancellationToken cancellationToken
    );
}

/// <summary>A valid signature of a passkey whose authenticator has verified the user.</summary>
/// <param name="SignatureCounter">The signature counter; 0 if the authenticator has none.</param>
/// <param name="IsBackupEligible">Whether the passkey may be backed up.</param>
/// <param name="IsBackedUp">Whether it is backed up.</param>
public sealed record PasskeyAssertion(long SignatureCounter, bool IsBackupEligible, bool IsBackedUp);
