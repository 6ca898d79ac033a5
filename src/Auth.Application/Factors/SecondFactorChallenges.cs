using Auth.Application.Abstractions;
using Auth.Application.Passwords;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Users;

namespace Auth.Application.Factors;

/// <summary>A challenge that can be answered, and who has to.</summary>
internal sealed record OpenChallenge(Challenge Challenge, User User);

/// <summary>Challenges between a right password and the second factor.</summary>
internal sealed class SecondFactorChallenges(
    IUserRepository users,
    IFactorRepository factors,
    IChallenges challenges,
    IKnownDevices devices
)
{
    /// <summary>Asks for the second factor of a user whose password was right.</summary>
    public async Task<Error> RequireAsync(
        User user,
        PasswordCheck check,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var challenge = Challenge.Create(ChallengePurpose.SecondFactor, now) with
        {
            UserId = user.Id,
            TokenVersion = user.TokenVersion,
            DeviceId = check.DeviceId,
            IsSingleAttempt = check.IsSingleAttempt,
        };
        var methods = await ListMethodsAsync(user, cancellationToken);
        return FactorErrors.SecondFactorRequired with
        {
            SecondFactor = new(challenges.Seal(challenge), methods, challenge.ExpiresAt),
        };
    }

    /// <summary>Reads a challenge that this device may answer, and its user.</summary>
    /// <param name="text">The sealed challenge.</param>
    /// <param name="deviceTokens">The device tokens that the client sent.</param>
    /// <param name="isSpent">Whether this request has recorded its answer already.</param>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <returns>
    /// Null if it is not genuine, has expired or been answered, belongs to another device, or if the user's password, factors,
    /// roles or status have changed since.
    /// </returns>
    public async Task<OpenChallenge?> OpenAsync(
        string? text,
        IReadOnlyList<string> deviceTokens,
        bool isSpent,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        challenges.Open(text, ChallengePurpose.SecondFactor, now) is { UserId: { } userId } challenge
        && await users.FindAsync(userId, cancellationToken) is { IsActive: true } user
        && user.TokenVersion == challenge.TokenVersion
        && (challenge.DeviceId is null || deviceTokens.Any(token => devices.Find(token, user) == challenge.DeviceId))
        && (isSpent || !await factors.IsSpentAsync(challenge.Id, cancellationToken))
            ? new(challenge, user)
            : null;

    /// <summary>Records, together with the changes that are stored next, that a challenge has been answered.</summary>
    public void Spend(Challenge challenge) => factors.Add(SpentChallenge.Create(challenge.Id, challenge.ExpiresAt));

    private async Task<IReadOnlyList<string>> ListMethodsAsync(User user, CancellationToken cancellationToken)
    {
        var kinds = (await factors.ListAsync(user.Id, cancellationToken))
            .Where(factor => factor.IsConfirmed)
            .Select(factor => factor.Kind)
            .Distinct()
            .Order()
            .Select(FactorDetails.NameOf);
        var hasCodes = await factors.CountRecoveryCodesAsync(user.Id, cancellationToken) > 0;
        return [.. kinds, .. hasCodes ? ["recovery_code"] : Array.Empty<string>()];
    }
}
