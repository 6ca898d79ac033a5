using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Auth.Application.Abstractions;
using Auth.Domain.Factors;
using Fido2NetLib;
using Fido2NetLib.Objects;

namespace Auth.Infrastructure.Security.Factors;

/// <summary>Passkeys, verified by fido2-net-lib, which is loaded when the first passkey is used.</summary>
internal sealed class Passkeys(PasskeyOptions options) : IPasskeys
{
    private const int FlagsAt = 32; // of the authenticator data, after the hash of the relying party id (WebAuthn §6.1)
    private const byte BackupEligible = 1 << 3;

    private readonly Lazy<Fido2> _fido2 = new(() => new(ToConfiguration(options)));

    /// <inheritdoc/>
    public string CreateRegistrationOptions(
        string challengeToken,
        Guid userId,
        string name,
        string displayName,
        IReadOnlyList<PasskeyCredential> existing
    ) => ToOptions(challengeToken, userId, name, displayName, existing).ToJson();

    /// <inheritdoc/>
    public string CreateAssertionOptions(string challengeToken, IReadOnlyList<PasskeyCredential> allowed) =>
        ToOptions(challengeToken, allowed).ToJson();

    /// <inheritdoc/>
    public async Task<PasskeyCredential?> VerifyRegistrationAsync(
        string challengeToken,
        Guid userId,
        string credential,
        CancellationToken cancellationToken
    )
    {
        if (TryRead<AuthenticatorAttestationRawResponse>(credential) is not { } response)
        {
            return null;
        }

        try
        {
            var made = await _fido2.Value.MakeNewCredentialAsync(
                new MakeNewCredentialParams
                {
                    AttestationResponse = response,
                    OriginalOptions = ToOptions(challengeToken, userId, name: "", displayName: "", existing: []),
                    // The unique index decides.
                    IsCredentialIdUniqueToUserCallback = (_, _) => Task.FromResult(true),
                },
                cancellationToken
            );
            return
                made.Id.Length > PasskeyCredential.IdMaxLength
                || made.PublicKey.Length > PasskeyCredential.PublicKeyMaxLength
                ? null
                : PasskeyCredential.Create(
                    made.Id,
                    SHA256.HashData(made.Id),
                    made.PublicKey,
                    made.SignCount,
                    string.Join(
                        ' ',
                        (made.Transports ?? []).Distinct().Select(transport => transport.ToEnumMemberValue())
                    ),
                    made.AaGuid,
                    made.IsBackupEligible,
                    made.IsBackedUp
                );
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public byte[]? ReadCredentialIdHash(string credential) =>
        TryRead<AuthenticatorAssertionRawResponse>(credential) is { RawId: { Length: > 0 } id }
            ? SHA256.HashData(id)
            : null;

    /// <inheritdoc/>
    public async Task<PasskeyAssertion?> VerifyAssertionAsync(
        string challengeToken,
        Factor factor,
        string credential,
        CancellationToken cancellationToken
    )
    {
        var passkey = factor.Passkey!;
        if (TryRead<AuthenticatorAssertionRawResponse>(credential) is not { } response)
        {
            return null;
        }

        try
        {
            var result = await _fido2.Value.MakeAssertionAsync(
                new MakeAssertionParams
                {
                    AssertionResponse = response,
                    OriginalOptions = ToOptions(challengeToken, [passkey]),
                    StoredPublicKey = passkey.PublicKey,
                    // A counter that goes back is let in, and recorded by the factor.
                    StoredSignatureCounter = 0,
                    IsUserHandleOwnerOfCredentialIdCallback = (owner, _) =>
                        Task.FromResult(owner.UserHandle.AsSpan().SequenceEqual(ToHandle(factor.UserId))),
                },
                cancellationToken
            );
            var isBackupEligible = (response.Response.AuthenticatorData[FlagsAt] & BackupEligible) != 0;
            return isBackupEligible == passkey.IsBackupEligible
                ? new(result.SignCount, isBackupEligible, result.IsBackedUp)
                : null;
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            return null;
        }
    }

    private static Fido2Configuration ToConfiguration(PasskeyOptions options) =>
        new()
        {
            RPID = options.RelyingPartyId,
            RPName = options.RelyingPartyId,
            Origins = options.Origins.ToHashSet(StringComparer.Ordinal),
        };

    private CredentialCreateOptions ToOptions(
        string challengeToken,
        Guid userId,
        string name,
        string displayName,
        IReadOnlyList<PasskeyCredential> existing
    ) =>
        new()
        {
            Rp = new(options.RelyingPartyId, options.RelyingPartyId),
            User = new()
            {
                Id = ToHandle(userId),
                Name = name,
                DisplayName = displayName,
            },
            Challenge = ToChallenge(challengeToken),
            // All authenticators support one of these.
            PubKeyCredParams = [PubKeyCredParam.ES256, PubKeyCredParam.RS256],
            Timeout = (ulong)Challenge.Lifetime.TotalMilliseconds,
            Attestation = AttestationConveyancePreference.None,
            AuthenticatorSelection = new()
            {
                ResidentKey = ResidentKeyRequirement.Required,
                UserVerification = UserVerificationRequirement.Required,
            },
            ExcludeCredentials = [.. existing.Select(ToDescriptor)],
        };

    private AssertionOptions ToOptions(string challengeToken, IReadOnlyList<PasskeyCredential> allowed) =>
        new()
        {
            Challenge = ToChallenge(challengeToken),
            Timeout = (ulong)Challenge.Lifetime.TotalMilliseconds,
            RpId = options.RelyingPartyId,
            AllowCredentials = [.. allowed.Select(ToDescriptor)],
            UserVerification = UserVerificationRequirement.Required,
        };

    private static PublicKeyCredentialDescriptor ToDescriptor(PasskeyCredential passkey) =>
        new(PublicKeyCredentialType.PublicKey, passkey.CredentialId, ToTransports(passkey.Transports));

    private static AuthenticatorTransport[]? ToTransports(string transports) =>
        transports.Length == 0
            ? null
            : [.. transports.Split(' ').Select(text => text.ToEnum<AuthenticatorTransport>())];

    // Nobody can predict the sealed text, and nobody but this service can create one.
    private static byte[] ToChallenge(string challengeToken) =>
        SHA256.HashData(Encoding.ASCII.GetBytes(challengeToken));

    private static byte[] ToHandle(Guid userId) => userId.ToByteArray(bigEndian: true);

    private static T? TryRead<T>(string json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json);
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            return null;
        }
    }

    // What clients send reaches parsers of JSON, CBOR, ASN.1 and keys, each of which has its own ways to say that it is malformed.
    private static bool IsRefusal(Exception failure) => failure is not OperationCanceledException;
}
