using Auth.Application.Abstractions;
using Auth.Application.Passwords;
using Auth.Domain.Users;

namespace Auth.Application.Factors;

/// <summary>Limits guesses at second factors: failures count together with those of passwords.</summary>
internal sealed class FactorGuard(PasswordAttempts attempts, IFailureKeys keys, IKnownDevices devices)
{
    private static readonly PasswordAttempt s_reserved = new(AttemptPermission.Reserved, Failures: 0);

    /// <summary>Compares a second factor.</summary>
    /// <param name="user">The account.</param>
    /// <param name="deviceTokens">The device tokens that the client sent.</param>
    /// <param name="isReserved">Whether the attempt was already counted when the password was right.</param>
    /// <param name="matches">Compares; not called while the account is locked.</param>
    /// <param name="cancellationToken">Stops the query before the comparison.</param>
    public async Task<AttemptOutcome> CheckAsync(
        User user,
        IReadOnlyList<string> deviceTokens,
        bool isReserved,
        Func<Task<bool>> matches,
        CancellationToken cancellationToken
    )
    {
        var address = keys.OfAddress(user.Email);
        var deviceId = devices.FindAny(deviceTokens, user);
        var counter = deviceId is { } id ? keys.OfDevice(user.Id, id) : address;
        var attempt = isReserved ? s_reserved : await attempts.BeginAsync(counter, cancellationToken);
        var verification =
            !attempt.IsDenied && await matches() ? PasswordVerification.Success : PasswordVerification.Failed;
        var outcome = await attempts.EndAsync(verification, counter, address, attempt, user.Id, resets: true);
        return outcome with { JustLocked = outcome.JustLocked && deviceId is null };
    }
}
