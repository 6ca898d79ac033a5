using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Factors;

/// <summary>What a browser needs to ask for a passkey.</summary>
/// <param name="ChallengeToken">The sealed challenge, to send back with the answer.</param>
/// <param name="Options">The options of WebAuthn, as JSON.</param>
public sealed record PasskeyRequest(string ChallengeToken, string Options);

/// <summary>Returns the options for signing in with a passkey.</summary>
/// <param name="Challenge">The challenge of a sign-in whose password was right; null for a sign-in without a password.</param>
/// <param name="DeviceTokens">The device tokens that the client sent.</param>
public sealed record LoginPasskeyOptionsQuery(string? Challenge, IReadOnlyList<string> DeviceTokens)
    : SecretRecord,
        IRequest<Result<PasskeyRequest>>;

/// <summary>Returns the options for authenticating again with a passkey.</summary>
public sealed record StepUpPasskeyOptionsQuery(Guid UserId) : IRequest<Result<PasskeyRequest>>;

/// <summary>Returns the options for adding a passkey.</summary>
public sealed record PasskeyRegistrationOptionsQuery(Guid UserId) : IRequest<Result<PasskeyRequest>>;

internal sealed class PasskeyOptionsHandler(
    IUserRepository users,
    IFactorRepository factors,
    SecondFactorChallenges signIns,
    IChallenges challenges,
    IPasskeys passkeys,
    TimeProvider clock
)
    : IRequestHandler<LoginPasskeyOptionsQuery, Result<PasskeyRequest>>,
        IRequestHandler<StepUpPasskeyOptionsQuery, Result<PasskeyRequest>>,
        IRequestHandler<PasskeyRegistrationOptionsQuery, Result<PasskeyRequest>>
{
    public async Task<Result<PasskeyRequest>> Handle(
        LoginPasskeyOptionsQuery query,
        CancellationToken cancellationToken
    )
    {
        var challenge = Challenge.Create(ChallengePurpose.PasskeySignIn, clock.GetUtcNow());
        if (query.Challenge is null)
        {
            return Ask(challenge, []);
        }

        // The password was right: from here on the browser may be told which passkeys there are.
        var now = clock.GetUtcNow();
        return
            await signIns.OpenAsync(query.Challenge, query.DeviceTokens, isSpent: false, now, cancellationToken)
                is not { } open
            ? CommonErrors.InvalidOrExpiredToken
            : Ask(challenge with { UserId = open.User.Id }, await ListAsync(open.User.Id, cancellationToken));
    }

    public async Task<Result<PasskeyRequest>> Handle(
        StepUpPasskeyOptionsQuery query,
        CancellationToken cancellationToken
    )
    {
        var challenge = Challenge.Create(ChallengePurpose.PasskeyStepUp, clock.GetUtcNow()) with
        {
            UserId = query.UserId,
        };
        return Ask(challenge, await ListAsync(query.UserId, cancellationToken));
    }

    public async Task<Result<PasskeyRequest>> Handle(
        PasskeyRegistrationOptionsQuery query,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindAsync(query.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var existing = await ListAsync(user.Id, cancellationToken);
        if (existing.Count >= Factor.MaxPasskeys)
        {
            return FactorErrors.LimitReached;
        }

        var token = challenges.Seal(
            Challenge.Create(ChallengePurpose.PasskeyRegistration, clock.GetUtcNow()) with
            {
                UserId = user.Id,
                TokenVersion = user.TokenVersion,
            }
        );
        var (email, name) = (user.Email.Value, user.DisplayName ?? user.Email.Value);
        return new PasskeyRequest(token, passkeys.CreateRegistrationOptions(token, user.Id, email, name, existing));
    }

    private PasskeyRequest Ask(Challenge challenge, IReadOnlyList<PasskeyCredential> allowed)
    {
        var token = challenges.Seal(challenge);
        return new(token, passkeys.CreateAssertionOptions(token, allowed));
    }

    private async Task<IReadOnlyList<PasskeyCredential>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        [
            .. (await factors.ListAsync(userId, cancellationToken))
                .Select(factor => factor.Passkey)
                .OfType<PasskeyCredential>(),
        ];
}
