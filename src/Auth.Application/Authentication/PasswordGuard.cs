using System.Globalization;
using Auth.Application.Abstractions;
using Auth.Domain.Lockout;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Authentication;

/// <summary>How a password was received.</summary>
internal enum PasswordVerdict
{
    /// <summary>It is right.</summary>
    Accepted,

    /// <summary>It is right, and its stored form is to be replaced.</summary>
    AcceptedButOutdated,

    /// <summary>It is wrong, or there is no account that could be used.</summary>
    Wrong,

    /// <summary>There were too many failures: whether it is right was not looked at, or does not count.</summary>
    Throttled,

    /// <summary>Sign-ins to many accounts failed from the same address: the password was not looked at.</summary>
    AddressThrottled,
}

/// <summary>What became of a password.</summary>
/// <param name="Verdict">How it was received.</param>
/// <param name="DeviceId">The known device that sent it; null for an unknown one.</param>
internal sealed record PasswordCheck(PasswordVerdict Verdict, Guid? DeviceId)
{
    /// <summary>How long the address has to wait, if that is why the password was not looked at.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What to record if this failure makes it password spraying; else null.</summary>
    public string? Spraying { get; init; }

    public bool IsAccepted => Verdict is PasswordVerdict.Accepted or PasswordVerdict.AcceptedButOutdated;
}

/// <summary>
/// Compares passwords, and counts failures. After too many, the password given is no longer compared with the stored
/// one: a guess during a block tells nothing, not even by its time.
/// </summary>
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
    // A command that lost a race is run again in the same scope. Its password was right when it came: if it no longer is,
    // because somebody else has changed it at the same moment, that is no guess.
    private bool _wasRight;

    // Nor is a wrong one counted twice: it stays refused.
    private PasswordCheck? _refused;

    private enum Turn
    {
        Free,
        Taken,
        Refused,
    }

    /// <summary>
    /// Compares the password of a sign-in, and watches out for guesses at many accounts from one address. What known devices
    /// send is none of them.
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
        if (!policy.Enabled || deviceId is not null || _refused is not null)
        {
            return await CheckAsync(password, email, user, deviceId, cancellationToken);
        }

        if (spraying.WaitOf(client, clock.GetUtcNow()) is { } wait)
        {
            return new(PasswordVerdict.AddressThrottled, DeviceId: null) { RetryAfter = wait };
        }

        var check = await CheckAsync(password, email, user, deviceId, cancellationToken);
        return check.IsAccepted || !spraying.NoteFailure(client, keys.OfAddress(email), clock.GetUtcNow())
            ? check
            : _refused = check with
            {
                Spraying = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{policy.Spraying.Threshold} accounts within {policy.Spraying.Window:c}"
                ),
            };
    }

    /// <summary>Compares a password. Always one hash and one write, so that every refusal takes the same time.</summary>
    /// <param name="password">The password, exactly as sent.</param>
    /// <param name="email">The address it is for.</param>
    /// <param name="user">The account of the address, if there is one.</param>
    /// <param name="deviceTokens">What the client sent to be recognised by; one that is invalid hides none that is valid.</param>
    /// <param name="cancellationToken">Leaves the queue for hashing. What was compared is counted in any case.</param>
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
        if (_refused is not null)
        {
            return _refused;
        }

        // By the address of the account: where two have one mailbox, neither is locked, or forgiven, with the other.
        var address = keys.OfAddress(user?.Email ?? email);
        var lane = deviceId is { } id ? keys.OfDevice(user!.Id, id) : address;

        var turn = await TakeTurnAsync(lane, cancellationToken);
        var hash = turn == Turn.Refused || user is not { HasPassword: true } ? null : user.PasswordHash;
        var verification = await passwords.VerifyAsync(password, hash, cancellationToken);

        var verdict =
            turn == Turn.Refused ? PasswordVerdict.Throttled
            : user is not { IsActive: true } || verification == PasswordVerification.Wrong ? PasswordVerdict.Wrong
            : await TryForgetFailuresAsync(lane, address, turn)
                ? verification == PasswordVerification.Correct ? PasswordVerdict.Accepted
                    : PasswordVerdict.AcceptedButOutdated
            : PasswordVerdict.Throttled;
        await CountAsync(verdict, lane, turn, user?.Id);
        var check = new PasswordCheck(verdict, deviceId);
        _wasRight = check.IsAccepted;
        _refused = check.IsAccepted ? null : check;
        return check;
    }

    /// <summary>Forgets the failures of an address that has only now become an account.</summary>
    public async Task ForgetAsync(EmailAddress email)
    {
        if (policy.Enabled)
        {
            await RemoveAsync(await failures.ListAsync([keys.OfAddress(email)], CancellationToken.None));
        }
    }

    /// <summary>Forgets all failures of an account and its devices.</summary>
    /// <returns>What was forgotten.</returns>
    public async Task<IReadOnlyList<FailureCount>> ForgetAsync(User user)
    {
        var counts = await failures.ListOfUserAsync(user.Id, CancellationToken.None);
        await RemoveAsync(counts);
        return counts;
    }

    private Guid? FindDevice(User? user, IReadOnlyList<string> deviceTokens) =>
        user is null
            ? null
            : deviceTokens.Select(token => devices.Find(token, user)).FirstOrDefault(id => id is not null);

    private async Task RemoveAsync(IReadOnlyList<FailureCount> counts)
    {
        if (counts.Count > 0)
        {
            await failures.RemoveAsync([.. counts.Select(count => count.Key)], CancellationToken.None);
        }
    }

    private async Task<Turn> TakeTurnAsync(byte[] lane, CancellationToken cancellationToken)
    {
        if (!policy.Enabled)
        {
            return Turn.Free;
        }

        var now = clock.GetUtcNow();
        var count = (await failures.ListAsync([lane], cancellationToken)).SingleOrDefault();
        return count?.StateAt(policy, now) switch
        {
            null or LockState.Open => Turn.Free,
            LockState.OneTry when await failures.TryTakeTurnAsync(count, now, cancellationToken) => Turn.Taken,
            _ => Turn.Refused,
        };
    }

    /// <summary>
    /// Starts the counts of a right password anew: those of the device, and those of unknown ones. Fails if others have
    /// been guessing meanwhile: else as many guesses as fit into the queue at once could be made above the threshold.
    /// </summary>
    private async Task<bool> TryForgetFailuresAsync(byte[] lane, byte[] address, Turn turn)
    {
        if (!policy.Enabled)
        {
            return true;
        }

        var counts = await failures.ListAsync([lane, address], CancellationToken.None);
        var now = clock.GetUtcNow();
        if (
            turn == Turn.Free
            && counts.Any(count =>
                count.Key.AsSpan().SequenceEqual(lane) && count.StateAt(policy, now) != LockState.Open
            )
        )
        {
            return false;
        }

        await RemoveAsync(counts);
        return true;
    }

    // Who hangs up before the answer has guessed all the same.
    private Task CountAsync(PasswordVerdict verdict, byte[] lane, Turn turn, Guid? userId) =>
        !policy.Enabled
            ? Task.CompletedTask
            : verdict switch
            {
                PasswordVerdict.Throttled => failures.CountRefusalAsync(lane, CancellationToken.None),
                PasswordVerdict.Wrong when turn == Turn.Free && !_wasRight => failures.CountFailureAsync(
                    lane,
                    userId,
                    clock.GetUtcNow(),
                    CancellationToken.None
                ),
                _ => Task.CompletedTask, // right, or counted when the turn was taken
            };
}
