using Auth.Application.Abstractions;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Factors;

/// <summary>Adds a passkey that the browser has created.</summary>
public sealed record AddPasskeyCommand(
    Guid UserId,
    Guid SessionId,
    string? ChallengeToken,
    string? Credential,
    string? Name,
    ClientInfo Client
) : SecretRecord, IRequest<Result<EnrolledFactor>>;

internal sealed class AddPasskeyCommandValidator : AbstractValidator<AddPasskeyCommand>
{
    public AddPasskeyCommandValidator()
    {
        RuleFor(command => command.ChallengeToken).NotEmpty().WithMessage("The challenge token is required.");
        RuleFor(command => command.Credential).NotEmpty().WithMessage("The new passkey is required.");
        RuleFor(command => command.Name).FactorName();
    }
}

internal sealed class AddPasskeyCommandHandler(
    IUserRepository users,
    IFactorRepository factors,
    FactorChanges changes,
    IChallenges challenges,
    IPasskeys passkeys,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<AddPasskeyCommand, Result<EnrolledFactor>>
{
    private static readonly Error s_invalid = Error.Validation(
        "credential",
        "The passkey is invalid or known already."
    );

    public async Task<Result<EnrolledFactor>> Handle(AddPasskeyCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (
            challenges.Open(command.ChallengeToken, ChallengePurpose.PasskeyRegistration, now) is not { } challenge
            || await users.FindAsync(command.UserId, cancellationToken) is not { } user
            || (challenge.UserId, challenge.TokenVersion) != (user.Id, user.TokenVersion)
            || await factors.IsSpentAsync(challenge.Id, cancellationToken)
        )
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        var passkey = await passkeys.VerifyRegistrationAsync(
            command.ChallengeToken!,
            user.Id,
            command.Credential!,
            cancellationToken
        );
        if (passkey is null || await factors.FindPasskeyAsync(passkey.CredentialIdHash, cancellationToken) is not null)
        {
            return s_invalid;
        }

        var enrolled = await factors.ListAsync(user.Id, cancellationToken);
        if (enrolled.Count(other => other.Kind == FactorKind.Passkey) >= Factor.MaxPasskeys)
        {
            return FactorErrors.LimitReached;
        }

        var factor = Factor.AddPasskey(user.Id, command.Name, passkey, now);
        factors.Add(factor);
        factors.Add(SpentChallenge.Create(challenge.Id, challenge.ExpiresAt));
        var methods = MatchedFactor.MethodsOfPasskey(passkey.IsBackupEligible);
        var codes = await changes.CompleteAsync(
            user,
            command.SessionId,
            factor,
            methods,
            command.Client,
            now,
            cancellationToken
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new EnrolledFactor(FactorDetails.From(factor), codes);
    }
}
