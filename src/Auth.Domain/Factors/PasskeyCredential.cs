namespace Auth.Domain.Factors;

/// <summary>The public part of a passkey (WebAuthn §4, credential record).</summary>
public sealed class PasskeyCredential
{
    /// <summary>The longest credential id, in bytes (WebAuthn §7.1).</summary>
    public const int IdMaxLength = 1023;

    /// <summary>The longest public key, in bytes; one for RSA with 4,096 bits takes about 530.</summary>
    public const int PublicKeyMaxLength = 2048;

    private PasskeyCredential() { }

    /// <summary>The credential id, chosen by the authenticator.</summary>
    public byte[] CredentialId { get; private set; } = null!;

    /// <summary>SHA-256 of the credential id, by which it is found.</summary>
    public byte[] CredentialIdHash { get; private set; } = null!;

    /// <summary>The public key (COSE_Key).</summary>
    public byte[] PublicKey { get; private set; } = null!;

    /// <summary>The signature counter at the last use; 0 if the authenticator has none.</summary>
    public long SignatureCounter { get; private set; }

    /// <summary>How the authenticator can be reached, separated by spaces.</summary>
    public string Transports { get; private set; } = null!;

    /// <summary>The model of the authenticator; all zeros if it does not say.</summary>
    public Guid Aaguid { get; private set; }

    /// <summary>Whether the passkey may be backed up; never changes.</summary>
    public bool IsBackupEligible { get; private set; }

    /// <summary>Whether the passkey was backed up at the last use.</summary>
    public bool IsBackedUp { get; private set; }

    /// <summary>Records a new passkey.</summary>
    public static PasskeyCredential Create(
        byte[] credentialId,
        byte[] credentialIdHash,
        byte[] publicKey,
        long signatureCounter,
        string transports,
        Guid aaguid,
        bool isBackupEligible,
        bool isBackedUp
    ) =>
        new()
        {
            CredentialId = credentialId,
            CredentialIdHash = credentialIdHash,
            PublicKey = publicKey,
            SignatureCounter = signatureCounter,
            Transports = transports,
            Aaguid = aaguid,
            IsBackupEligible = isBackupEligible,
            IsBackedUp = isBackedUp,
        };

    internal void Use(long counter, bool isBackedUp) => (SignatureCounter, IsBackedUp) = (counter, isBackedUp);
}
