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
    IFailureCountRepository failures,
    IFailureKeys keys,
    IKnownDevices devices,
    ISprayingDetector spraying,
    IPasswordHasher passwords,
    LockoutPolicy policy,
    TimeProvider clock
)
{
    private enum Attempt
    {
        Open,
        Reserved,
        Denied,
    }

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
        var deviceId = FindDevice(user, deviceTokens);
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
    ) => CheckAsync(password, email, user, FindDevice(user, deviceTokens), cancellationToken);

    private async Task<PasswordCheck> CheckAsync(
        string password,
        EmailAddress email,
        User? user,
        Guid? deviceId,
        CancellationToken cancellationToken
    )
    {
        // By the address of the account: if two accounts share a mailbox, each has its own count.
        var address = keys.OfAddress(user?.Email ?? email);
        var counter = deviceId is { } id ? keys.OfDevice(user!.Id, id) : address;

        var attempt = await BeginAttemptAsync(counter, cancellationToken);
        // The password of a disabled account is not compared either: the response does not depend on it.
        var hash =
            attempt == Attempt.Denied || user is not { IsActive: true, HasPassword: true } ? null : user.PasswordHash;
        var verification = await passwords.VerifyAsync(password, hash, cancellationToken);

        var verdict =
            attempt == Attempt.Denied ? PasswordVerdict.Throttled
            : verification == PasswordVerification.Failed ? PasswordVerdict.Wrong
            : !await TryResetFailuresAsync(counter, address, attempt) ? PasswordVerdict.Throttled
            : verification == PasswordVerification.Success ? PasswordVerdict.Accepted
            : PasswordVerdict.AcceptedRehashNeeded;
        await CountAsync(verdict, counter, attempt, user?.Id);
        return new PasswordCheck(verdict, user, deviceId);
    }

    private Guid? FindDevice(User? user, IReadOnlyList<string> deviceTokens) =>
        user is null
            ? null
            : deviceTokens.Select(token => devices.Find(token, user)).FirstOrDefault(id => id is not null);

    private async Task<Attempt> BeginAttemptAsync(byte[] counter, CancellationToken cancellationToken)
    {
        if (!policy.Enabled)
        {
            return Attempt.Open;
        }

        var now = clock.GetUtcNow();
        var count = (await failures.ListAsync([counter], cancellationToken)).SingleOrDefault();
        return count?.StateAt(policy, now) switch
        {
            null or LockState.Open => Attempt.Open,
            LockState.SingleAttempt when await failures.TryReserveAttemptAsync(count, now, cancellationToken) =>
                Attempt.Reserved,
            _ => Attempt.Denied,
        };
    }

    /// <summary>
    /// Resets the counts of the device and of unknown devices after the right password. Fails if others have been
    /// guessing meanwhile: otherwise a full queue of guesses could exceed the threshold.
    /// </summary>
    private async Task<bool> TryResetFailuresAsync(byte[] counter, byte[] address, Attempt attempt)
    {
        if (!policy.Enabled)
        {
            return true;
        }

        var now = clock.GetUtcNow();
        var counts = await failures.ListAsync([counter, address], CancellationToken.None);
        var own = counts.SingleOrDefault(count => count.Key.AsSpan().SequenceEqual(counter));
        if (attempt == Attempt.Open && own is not null && own.StateAt(policy, now) != LockState.Open)
        {
            return false;
        }

        await failures.RemoveAsync([.. counts.Select(count => count.Key)], CancellationToken.None);
        return true;
    }

    // A client that disconnects before the response has guessed all the same.
    private Task CountAsync(PasswordVerdict verdict, byte[] counter, Attempt attempt, Guid? userId) =>
        (verdict, attempt) switch
        {
            _ when !policy.Enabled => Task.CompletedTask,
            (PasswordVerdict.Throttled, _) => failures.CountRefusalAsync(counter, CancellationToken.None),
            (PasswordVerdict.Wrong, Attempt.Open) => failures.CountFailureAsync(
                counter,
                userId,
                clock.GetUtcNow(),
                CancellationToken.None
            ),
            _ => Task.CompletedTask, // accepted, or counted when the attempt was reserved
        };
}
