using Auth.Domain.Factors;

namespace Auth.Application.Abstractions;

/// <summary>Time-based one-time codes (RFC 6238): SHA-1, six digits, 30 seconds, which every authenticator app supports.</summary>
public interface ITotp
{
    /// <summary>Creates the secret of a factor.</summary>
    /// <param name="factorId">The factor.</param>
    /// <param name="account">What the app shows as the account: the e-mail address.</param>
    TotpSecret Create(Guid factorId, string account);

    /// <summary>Reads the Base32 text (RFC 4648) of a secret that the user already has; blanks, case and padding do not matter.</summary>
    /// <returns>Null unless it is 10 to 64 bytes.</returns>
    byte[]? TryRead(string text);

    /// <summary>Encrypts a secret that the user already has.</summary>
    byte[] Seal(Guid factorId, byte[] secret);

    /// <summary>Finds the time step that a code belongs to, at most one step before or after the current one.</summary>
    /// <returns>The latest such step that is not used up; null if there is none.</returns>
    long? FindStep(Factor factor, string code, DateTimeOffset now);
}

/// <summary>The secret of an authenticator app.</summary>
/// <param name="Sealed">The encrypted secret, to store.</param>
/// <param name="Text">The secret to type into the app, in Base32 (RFC 4648).</param>
/// <param name="Uri">The secret for a QR code, as an <c>otpauth://</c> URI.</param>
public sealed record TotpSecret(byte[] Sealed, string Text, string Uri) : SecretRecord;
