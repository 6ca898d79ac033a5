using Auth.Application.Abstractions;
using Auth.Application.Factors;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Completes a sign-in whose password was right with the second factor.</summary>
public sealed record LoginSecondFactorCommand(
    string? Challenge,
    FactorProof Proof,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens,
    string? ReplacedRefreshToken = null
) : SecretRecord, IRequest<Result<SignIn>>, IRetriesConflicts;

internal sealed class LoginSecondFactorCommandValidator : AbstractValidator<LoginSecondFactorCommand>
{
    public LoginSecondFactorCommandValidator()
    {
        RuleFor(command => command.Challenge).NotEmpty().WithMessage("The challenge of the sign-in is required.");
        RuleFor(command => command.Proof).SingleProof(otherwise: "code");
    }
}

internal sealed class LoginSecondFactorCommandHandler(
    SecondFactorChallenges challenges,
    FactorConfirmation confirmation,
    FactorVerification verification,
    SessionStarter starter,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LoginSecondFactorCommand, Result<SignIn>>
{
    public async Task<Result<SignIn>> Handle(LoginSecondFactorCommand command, CancellationToken cancellationToken)
    {
        if (await OpenAsync(command, isSpent: false, cancellationToken) is not { } open)
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        // While an account is delayed, a password gets one attempt, and so does the factor that follows it.
        var isReserved = open.Challenge.IsSingleAttempt;
        if (isReserved && await SpendAsync(command, cancellationToken) is { IsFailure: true } answered)
        {
            return answered.Error;
        }

        var match = await confirmation.ConfirmAsync(
            open.User,
            command.Proof,
            ChallengePurpose.PasskeySignIn,
            isReserved,
            AuditTypes.SecondFactorFailed,
            command.Client,
            command.DeviceTokens,
            cancellationToken
        );
        return match.IsFailure
            ? match.Error
            : await unitOfWork.RetryAsync(
                clock,
                () => SignInAsync(command, match.Value, isSpent: isReserved, cancellationToken)
            );
    }

    private async Task<Result<SignIn>> SignInAsync(
        LoginSecondFactorCommand command,
        MatchedFactor match,
        bool isSpent,
        CancellationToken cancellationToken
    )
    {
        if (await OpenAsync(command, isSpent, cancellationToken) is not { } open)
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        var (challenge, user) = (open.Challenge, open.User);
        var now = clock.GetUtcNow();
        if (!await verification.TryUseAsync(match, user, command.Client, now, cancellationToken))
        {
            return FactorErrors.InvalidCode;
        }

        if (!isSpent)
        {
            challenges.Spend(challenge);
        }

        await starter.EndReplacedAsync(command.ReplacedRefreshToken, user, command.Client, now, cancellationToken);
        var signIn = starter.Start(
            user,
            command.Client,
            AuditTypes.LoginSucceeded,
            challenge.DeviceId,
            now,
            $"{AuthenticationMethods.Password} {match.Methods}"
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return signIn;
    }

    private Task<OpenChallenge?> OpenAsync(
        LoginSecondFactorCommand command,
        bool isSpent,
        CancellationToken cancellationToken
    ) => challenges.OpenAsync(command.Challenge, command.DeviceTokens, isSpent, clock.GetUtcNow(), cancellationToken);

    private Task<Result> SpendAsync(LoginSecondFactorCommand command, CancellationToken cancellationToken) =>
        unitOfWork.RetryAsync<Result>(
            clock,
            async () =>
            {
                if (await OpenAsync(command, isSpent: false, cancellationToken) is not { } open)
                {
                    return CommonErrors.InvalidOrExpiredToken;
                }

                challenges.Spend(open.Challenge);
                await unitOfWork.SaveChangesAsync(cancellationToken);
                return Result.Success;
            }
        );
}
