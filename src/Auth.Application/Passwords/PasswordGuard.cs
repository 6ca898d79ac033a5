using System.Globalization;
using Auth.Application.Abstractions;
using Auth.Domain.Lockout;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Passwords;

/// <summary>
/// Verifies passwords and counts failures. After too many failures, passwords are no longer compared with the stored one: a
/// guess reveals nothing while the account is locked, not even by its timing.
/// </summary>
/// <remarks>Everything here takes effect immediately and must not be retried when a command loses a race.</remarks>
internal sealed class PasswordGuard(
    PasswordAttempts attempts,
    IFailureKeys keys,
    IKnownDevices devices,
    ISprayingDetector spraying,
    IPasswordHasher passwords,
    LockoutPolicy policy,
    TimeProvider clock
)
{
    /// <summary>
    /// Verifies the password of a sign-in, and detects guesses at many accounts from one address. Failures on known devices
    /// are not counted.
    /// </summary>
    /// <inheritdoc cref="CheckAsync(string, EmailAddress, User?, IReadOnlyList{string}, CancellationToken)"/>
    public async Task<PasswordCheck> CheckSignInAsync(
        string password,
        EmailAddress email,
        User? user,
        IReadOnlyList<string> deviceTokens,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        var deviceId = devices.FindAny(deviceTokens, user);
        if (!policy.Enabled || deviceId is not null)
        {
            return await CheckAsync(password, email, user, deviceId, cancellationToken);
        }

        if (spraying.WaitOf(client, clock.GetUtcNow()) is { } wait)
        {
            return new(PasswordVerdict.AddressThrottled, user, DeviceId: null) { RetryAfter = wait };
        }

        var check = await CheckAsync(password, email, user, deviceId, cancellationToken);
        if (check.IsAccepted || !spraying.RecordFailure(client, keys.OfAddress(email), clock.GetUtcNow()))
        {
            return check;
        }

        var (threshold, window) = (policy.Spraying.Threshold, policy.Spraying.Window);
        return check with
        {
            Spraying = string.Create(CultureInfo.InvariantCulture, $"{threshold} accounts within {window:c}"),
        };
    }

    /// <summary>Hashes a password that was right, if its stored hash should be replaced.</summary>
    public async Task<string?> RehashAsync(PasswordCheck check, string password, CancellationToken cancellationToken) =>
        check.Verdict == PasswordVerdict.AcceptedRehashNeeded
            ? await passwords.HashAsync(password, cancellationToken)
            : null;

    /// <summary>Verifies a password. Always one hash and one write, so that every rejection takes the same time.</summary>
    /// <param name="password">The password, exactly as sent.</param>
    /// <param name="email">The address that was sent with it.</param>
    /// <param name="user">The account with that address; null if there is none.</param>
    /// <param name="deviceTokens">The device tokens that the client sent; an invalid one never hides a valid one.</param>
    /// <param name="cancellationToken">Leaves the hashing queue. A password that was compared is counted in any case.</param>
    public Task<PasswordCheck> CheckAsync(
        string password,
        EmailAddress email,
        User? user,
        IReadOnlyList<string> deviceTokens,
        CancellationToken cancellationToken
    ) => CheckAsync(password, email, user, devices.FindAny(deviceTokens, user), cancellationToken);

    /// <summary>Compares the password of a registration that is not complete; failures are those of its address.</summary>
    public Task<PasswordCheck> CheckPendingAsync(
        string password,
        EmailAddress email,
        string passwordHash,
        CancellationToken cancellationToken
    ) => CheckAsync(password, email, passwordHash, user: null, deviceId: null, cancellationToken);

    // The password of a disabled account is not compared: no answer depends on it.
    private Task<PasswordCheck> CheckAsync(
        string password,
        EmailAddress email,
        User? user,
        Guid? deviceId,
        CancellationToken cancellationToken
    ) =>
        CheckAsync(
            password,
            email,
            user is { IsActive: true, HasPassword: true } ? user.PasswordHash : null,
            user,
            deviceId,
            cancellationToken
        );

    private async Task<PasswordCheck> CheckAsync(
        string password,
        EmailAddress email,
        string? passwordHash,
        User? user,
        Guid? deviceId,
        CancellationToken cancellationToken
    )
    {
        // By the address of the account: if two accounts share a mailbox, each has its own count.
        var address = keys.OfAddress(user?.Email ?? email);
        var counter = deviceId is { } id ? keys.OfDevice(user!.Id, id) : address;

        var attempt = await attempts.BeginAsync(counter, cancellationToken);
        var hash = attempt.IsDenied ? null : passwordHash;
        var verification = await passwords.VerifyAsync(password, hash, cancellationToken);

        // With a second factor, the password alone does not reset the counts: otherwise anyone who knows it could guess the
        // factor without limit.
        var resets = user?.HasSecondFactor != true;
        var outcome = await attempts.EndAsync(verification, counter, address, attempt, user?.Id, resets);
        return new PasswordCheck(outcome.Verdict, user, deviceId)
        {
            IsSingleAttempt = attempt.Permission == AttemptPermission.Reserved,
            JustLocked = user is not null && deviceId is null && outcome.JustLocked,
        };
    }
}
