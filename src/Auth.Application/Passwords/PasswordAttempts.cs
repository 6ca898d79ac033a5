using Auth.Application.Abstractions;
using Auth.Domain.Lockout;

namespace Auth.Application.Passwords;

/// <summary>Whether a password may be compared.</summary>
internal enum AttemptPermission
{
    /// <summary>It may.</summary>
    Open,

    /// <summary>It may, as the single attempt after a delay, which is counted as a failure in advance.</summary>
    Reserved,

    /// <summary>There were too many failures.</summary>
    Denied,
}

/// <summary>Whether a password may be compared, after how many failures.</summary>
internal readonly record struct PasswordAttempt(AttemptPermission Permission, int Failures)
{
    public bool IsDenied => Permission == AttemptPermission.Denied;
}

/// <summary>How an attempt ended.</summary>
/// <param name="Verdict">The result.</param>
/// <param name="JustLocked">Whether this failure locked the account, or extended the lock to its last stage.</param>
internal readonly record struct AttemptOutcome(PasswordVerdict Verdict, bool JustLocked);

/// <summary>Counts wrong passwords and second factors. Everything here takes effect at once, outside of the unit of work.</summary>
internal sealed class PasswordAttempts(IFailureCountRepository failures, LockoutPolicy policy, TimeProvider clock)
{
    /// <summary>Finds out whether a password may be compared, and reserves the single attempt after a delay.</summary>
    public async Task<PasswordAttempt> BeginAsync(byte[] counter, CancellationToken cancellationToken)
    {
        if (!policy.Enabled)
        {
            return new(AttemptPermission.Open, Failures: 0);
        }

        var now = clock.GetUtcNow();
        var count = (await failures.ListAsync([counter], cancellationToken)).SingleOrDefault();
        var permission = count?.StateAt(policy, now) switch
        {
            null or LockState.Open => AttemptPermission.Open,
            LockState.SingleAttempt when await failures.TryReserveAttemptAsync(count, now, cancellationToken) =>
                AttemptPermission.Reserved,
            _ => AttemptPermission.Denied,
        };
        return new(permission, count?.Failures ?? 0);
    }

    /// <summary>
    /// Decides on a comparison, and counts it. A right password or factor is not accepted if others have been guessing
    /// meanwhile: otherwise as many guesses as fit into the queue could be made above the threshold.
    /// </summary>
    /// <param name="verification">The result of the comparison.</param>
    /// <param name="counter">The count of the attempt.</param>
    /// <param name="address">The count of unknown devices.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="userId">The account; null if there is none.</param>
    /// <param name="resets">Whether success resets the counts of the device and of unknown devices.</param>
    public async Task<AttemptOutcome> EndAsync(
        PasswordVerification verification,
        byte[] counter,
        byte[] address,
        PasswordAttempt attempt,
        Guid? userId,
        bool resets
    )
    {
        var verdict =
            attempt.IsDenied ? PasswordVerdict.Throttled
            : verification == PasswordVerification.Failed ? PasswordVerdict.Wrong
            : !await TryAcceptAsync(counter, address, attempt, resets) ? PasswordVerdict.Throttled
            : verification == PasswordVerification.Success ? PasswordVerdict.Accepted
            : PasswordVerdict.AcceptedRehashNeeded;
        var count = await CountAsync(verdict, counter, attempt, userId);
        return new(verdict, JustLocked: count == policy.Threshold || count == policy.HardLimit);
    }

    private async Task<bool> TryAcceptAsync(byte[] counter, byte[] address, PasswordAttempt attempt, bool resets)
    {
        if (!policy.Enabled)
        {
            return true;
        }

        var now = clock.GetUtcNow();
        var counts = await failures.ListAsync([counter, address], CancellationToken.None);
        var own = counts.SingleOrDefault(count => count.Key.AsSpan().SequenceEqual(counter));
        if (
            attempt.Permission == AttemptPermission.Open
            && own is not null
            && own.StateAt(policy, now) != LockState.Open
        )
        {
            return false;
        }

        if (resets)
        {
            await failures.RemoveAsync([.. counts.Select(count => count.Key)], CancellationToken.None);
        }

        return true;
    }

    // Returns how many failures there are now, if this was one.
    private async Task<int?> CountAsync(PasswordVerdict verdict, byte[] counter, PasswordAttempt attempt, Guid? userId)
    {
        if (!policy.Enabled)
        {
            return null;
        }

        // A client that hangs up before the answer has guessed all the same.
        switch (verdict, attempt.Permission)
        {
            case (PasswordVerdict.Throttled, _):
                await failures.CountRefusalAsync(counter, CancellationToken.None);
                return null;
            case (PasswordVerdict.Wrong, AttemptPermission.Open):
                return await failures.CountFailureAsync(counter, userId, clock.GetUtcNow(), CancellationToken.None);
            case (PasswordVerdict.Wrong, _):
                return attempt.Failures + 1; // counted when the attempt was reserved
            default:
                return null;
        }
    }
}
