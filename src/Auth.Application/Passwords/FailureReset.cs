using Auth.Application.Abstractions;
using Auth.Domain.Lockout;
using Auth.Domain.Users;

namespace Auth.Application.Passwords;

/// <summary>Resets failure counts.</summary>
internal sealed class FailureReset(IFailureCountRepository failures, IFailureKeys keys, LockoutPolicy policy)
{
    /// <summary>Removes the failures of an address that has just been registered.</summary>
    public async Task ResetAsync(EmailAddress email)
    {
        if (policy.Enabled)
        {
            var counts = await failures.ListAsync([keys.OfAddress(email)], CancellationToken.None);
            await failures.RemoveAsync([.. counts.Select(count => count.Key)], CancellationToken.None);
        }
    }

    /// <summary>Removes all failures of an account and its devices.</summary>
    /// <returns>The counts that were removed.</returns>
    public async Task<IReadOnlyList<FailureCount>> ResetAsync(User user)
    {
        var counts = await failures.ListOfUserAsync(user.Id, CancellationToken.None);
        await failures.RemoveAsync([.. counts.Select(count => count.Key)], CancellationToken.None);
        return counts;
    }
}
