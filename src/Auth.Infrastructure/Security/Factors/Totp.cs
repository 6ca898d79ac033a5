using System.Security.Cryptography;
using System.Text;
using Auth.Application.Abstractions;
using Auth.Domain.Factors;
using OtpNet;

namespace Auth.Infrastructure.Security.Factors;

/// <summary>Computes codes with Otp.NET; which of them are still good is decided here.</summary>
internal sealed class Totp(MasterKeys masterKeys, JwtOptions jwt) : ITotp
{
    private const int SecretLength = 20; // RFC 4226 §4 R6
    private const int MinTextLength = 16; // 10 bytes, which many systems used
    private const int MaxTextLength = 103; // 64 bytes, the block size of SHA-1
    private const int StepSeconds = 30;
    private const int Digits = 6;

    private readonly MasterKeyEncryption _encryption = new(masterKeys, "factor secrets");

    // What the app shows above the code.
    private readonly string _service = Uri.TryCreate(jwt.Issuer, UriKind.Absolute, out var issuer)
        ? issuer.Authority
        : jwt.Issuer;

    /// <inheritdoc/>
    public TotpSecret Create(Guid factorId, string account)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        var text = Base32Encoding.ToString(secret).TrimEnd('=');
        var uri =
            $"otpauth://totp/{Uri.EscapeDataString(_service)}:{Uri.EscapeDataString(account)}"
            + $"?secret={text}&issuer={Uri.EscapeDataString(_service)}&algorithm=SHA1&digits=6&period=30";
        return new(Seal(factorId, secret), text, uri);
    }

    /// <inheritdoc/>
    public byte[]? TryRead(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal).TrimEnd('=');
        return
            compact.Length is >= MinTextLength and <= MaxTextLength
            && compact.All(c => char.IsAsciiLetter(c) || c is >= '2' and <= '7')
            ? Base32Encoding.ToBytes(compact)
            : null;
    }

    /// <inheritdoc/>
    public byte[] Seal(Guid factorId, byte[] secret) =>
        _encryption.Encrypt(secret, factorId.ToByteArray(bigEndian: true));

    /// <summary>Encrypts a stored secret under the current master key.</summary>
    /// <returns>Null if it already is.</returns>
    public byte[]? Reencrypt(Guid factorId, byte[] sealedSecret) =>
        _encryption.IsCurrent(sealedSecret) ? null : Seal(factorId, Open(factorId, sealedSecret));

    /// <inheritdoc/>
    public long? FindStep(Factor factor, string code, DateTimeOffset now)
    {
        if (code.Length != Digits)
        {
            return null;
        }

        var codes = new OtpNet.Totp(Open(factor.Id, factor.SealedSecret!), StepSeconds, OtpHashMode.Sha1, Digits);
        var given = Encoding.UTF8.GetBytes(code);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;

        // All three in any case, the latest last: the time does not tell which one it was.
        for (var step = current - 1; step <= current + 1; step++)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(step * StepSeconds).UtcDateTime;
            var matches = CryptographicOperations.FixedTimeEquals(
                given,
                Encoding.ASCII.GetBytes(codes.ComputeTotp(at))
            );
            if (matches && step > factor.LastStep)
            {
                found = step;
            }
        }

        return found;
    }

    private byte[] Open(Guid factorId, byte[] sealedSecret) =>
        _encryption.Decrypt(sealedSecret, factorId.ToByteArray(bigEndian: true), $"The secret of factor {factorId}");
}
