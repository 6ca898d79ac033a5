using System.Globalization;
using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;

namespace Auth.Infrastructure.Diagnosis;

/// <summary>Whether the keys in the database can be read and used.</summary>
internal sealed class KeyCheckup(
    ISigningKeyRepository signingKeys,
    ISigningKeyFactory factory,
    SigningKeyEncryption encryption,
    SigningKeyPolicy policy,
    MasterKeyUsage usage,
    TimeProvider clock
)
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var uses = await usage.ReadAsync(cancellationToken);
        var keys = await signingKeys.ListAsync(now, cancellationToken);
        return [.. uses.Select(Judge), .. keys.Select(FindDamage).OfType<Finding>(), Judge(keys, now)];
    }

    /// <summary>Judges what rests on a master key.</summary>
    public static Finding Judge(MasterKeyUse use)
    {
        const string Subject = "Master key";
        var needs = string.Create(
            CultureInfo.InvariantCulture,
            $"{use.SigningKeys} signing keys and {use.PasswordHashes} passwords"
        );
        return use switch
        {
            { IsConfigured: false } => Finding.Problem(
                Subject,
                $"{use.Id} is not configured, and {needs} need it.",
                "Add it to Security:PreviousMasterKeys. If it is lost, signing keys have to be removed and passwords reset."
            ),
            { IsCurrent: true } => Finding.Ok(Subject, $"{use.Id} is in use, by {needs}"),
            { SigningKeys: 0, PasswordHashes: 0 } => Finding.Ok(
                Subject,
                $"previous one {use.Id} is needed by nothing stored; it can go once refresh tokens from before have expired"
            ),
            _ => Finding.Ok(Subject, $"previous one {use.Id} is still needed, by {needs}"),
        };
    }

    private Finding? FindDamage(SigningKey key)
    {
        try
        {
            CryptographicOperations.ZeroMemory(encryption.Decrypt(key));
            return null;
        }
        catch (CryptographicException failure)
        {
            return Finding.Problem(
                "Signing keys",
                failure.Message,
                "Configure the master key it was made with, or restore the table SigningKeys from a backup."
            );
        }
    }

    private Finding Judge(IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        const string Subject = "Signing keys";
        var chain = new SigningKeyChain(keys, policy);
        if (chain.FindSigning(now) is not { } key)
        {
            return Finding.Ok(Subject, "none yet; the first start makes one");
        }

        if (key.ActivatesAt > now + InstanceClocks.MaxDifference)
        {
            return Finding.Warning(
                Subject,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{key.Algorithm} {key.Id} signs although its time begins at {key.ActivatesAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: the clock that it was made by was ahead of this one."
                ),
                "If the clock of this machine is right, there is nothing to do; otherwise correct it."
            );
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Algorithm} {key.Id} signs since {key.ActivatesAt.UtcDateTime:yyyy-MM-dd}, {(now - key.ActivatesAt).Days} days"
        );
        if (!factory.IsAsConfigured(key))
        {
            return Finding.Warning(
                Subject,
                $"{text}, and is not of the configured algorithm or secret.",
                "Start the service again: it announces a key as configured."
            );
        }

        // The service does it within seconds, so nobody has been there to do it.
        return !factory.UsesSharedSecret && chain.IsSuccessorDue(now)
            ? Finding.Warning(Subject, $"{text}; its successor is overdue.", "Start the service, which announces one.")
            : Finding.Ok(Subject, text);
    }
}
