using System.Globalization;
using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Keys;
using Auth.Infrastructure.Persistence.Queries;
using Auth.Infrastructure.Security.Keys;

namespace Auth.Infrastructure.Persistence.Diagnostics;

/// <summary>Checks that the keys in the database can be decrypted and used.</summary>
internal sealed class KeyDiagnostics(
    ISigningKeyRepository signingKeys,
    ISigningKeyFactory factory,
    SigningKeyEncryption encryption,
    SigningKeyPolicy policy,
    MasterKeyUsage usage,
    TimeProvider clock
)
{
    public async Task<IReadOnlyList<DiagnosticResult>> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var uses = await usage.ReadAsync(cancellationToken);
        var keys = await signingKeys.ListAsync(now, cancellationToken);
        return [.. uses.Select(Check), .. keys.Select(FindDamage).OfType<DiagnosticResult>(), Check(keys, now)];
    }

    /// <summary>Reports what depends on a master key.</summary>
    public static DiagnosticResult Check(MasterKeyUse use)
    {
        const string Subject = "Master key";
        var needs = string.Create(
            CultureInfo.InvariantCulture,
            $"{use.SigningKeys} signing keys, {use.PasswordHashes} passwords, {use.WaitingMails} waiting mails, {use.OpenFlows} links in mails, {use.FactorSecrets} authenticator apps and {use.RecoveryCodes} recovery codes"
        );
        return use switch
        {
            { IsConfigured: false } => DiagnosticResult.Problem(
                Subject,
                $"{use.Id} is not configured, and {needs} need it.",
                "Add it to Security:PreviousMasterKeys. If it is lost, signing keys have to be removed, passwords reset and mails requested again."
            ),
            { IsCurrent: true } => DiagnosticResult.Ok(Subject, $"{use.Id} is in use by {needs}"),
            { IsUnused: true } => DiagnosticResult.Ok(
                Subject,
                $"previous key {use.Id} protects no stored data; remove it once older refresh tokens have expired"
            ),
            _ => DiagnosticResult.Ok(Subject, $"previous key {use.Id} is still needed by {needs}"),
        };
    }

    private DiagnosticResult? FindDamage(SigningKey key)
    {
        try
        {
            CryptographicOperations.ZeroMemory(encryption.Decrypt(key));
            return null;
        }
        catch (CryptographicException failure)
        {
            return DiagnosticResult.Problem(
                "Signing keys",
                failure.Message,
                "Configure the master key it was encrypted with, or restore the table SigningKeys from a backup."
            );
        }
    }

    private DiagnosticResult Check(IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        const string Subject = "Signing keys";
        var chain = new SigningKeyChain(keys, policy);
        if (chain.FindSigning(now) is not { } key)
        {
            return DiagnosticResult.Ok(Subject, "none yet; the first start creates one");
        }

        if (key.ActivatesAt > now + InstanceClocks.MaxDifference)
        {
            return DiagnosticResult.Warning(
                Subject,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{key.Algorithm} {key.Id} already signs although it activates at {key.ActivatesAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: the clock of the machine that created it was ahead of this one."
                ),
                "If the clock of this machine is right, there is nothing to do; otherwise correct it."
            );
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Algorithm} {key.Id} has signed since {key.ActivatesAt.UtcDateTime:yyyy-MM-dd}, {(now - key.ActivatesAt).Days} days"
        );
        if (!factory.IsAsConfigured(key))
        {
            return DiagnosticResult.Warning(
                Subject,
                $"{text}, but does not match the configured algorithm or secret.",
                "Restart the service: it announces a key of the configured algorithm."
            );
        }

        // A running service does it within seconds, so none has been running.
        return !factory.UsesSharedSecret && chain.IsSuccessorDue(now)
            ? DiagnosticResult.Warning(
                Subject,
                $"{text}; its successor is overdue.",
                "Start the service, which announces one."
            )
            : DiagnosticResult.Ok(Subject, text);
    }
}
