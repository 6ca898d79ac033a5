using Auth.Application.Abstractions;
using Auth.Application.Factors;
using Auth.Application.Passwords;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.StepUp;

/// <summary>
/// Authenticates the caller again, with the password or a second factor, so that their session may do what requires a recent
/// authentication.
/// </summary>
public sealed record StepUpCommand(
    Guid UserId,
    Guid SessionId,
    string? Password,
    FactorProof Proof,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens
) : SecretRecord, IRequest<Result<SteppedUp>>, IRetriesConflicts;

/// <summary>The new access token of a session whose user has authenticated again.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="Context">How strongly the user authenticated.</param>
/// <param name="AuthenticatedAt">When.</param>
public sealed record SteppedUp(AccessToken AccessToken, AuthenticationContext Context, DateTimeOffset AuthenticatedAt)
    : SecretRecord;

internal sealed class StepUpCommandValidator : AbstractValidator<StepUpCommand>
{
    public StepUpCommandValidator()
    {
        RuleFor(command => command.Password)
            .Null()
            .When(command => command.Proof.Count > 0)
            .WithMessage("Send the password or a second factor, not both.");
        When(
            command => string.IsNullOrEmpty(command.Password) || command.Proof.Count > 0,
            () => RuleFor(command => command.Proof).SingleProof(otherwise: "password")
        );
    }
}

internal sealed class StepUpCommandHandler(
    IUserRepository users,
    ISessionRepository sessions,
    PasswordConfirmation passwords,
    FactorConfirmation factors,
    FactorVerification verification,
    StepUpCompletion completion,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<StepUpCommand, Result<SteppedUp>>
{
    public async Task<Result<SteppedUp>> Handle(StepUpCommand command, CancellationToken cancellationToken)
    {
        if (command.Password is { } password)
        {
            var check = await passwords.ConfirmAsync(
                command.UserId,
                password,
                command.DeviceTokens,
                command.Client,
                AuditTypes.StepUpFailed,
                cancellationToken
            );
            return check.IsFailure ? check.Error : await CompleteAsync(user => check.Value.IsStillValidFor(user), null);
        }

        if (await users.FindAsync(command.UserId, cancellationToken) is not { } caller)
        {
            return CommonErrors.NotFound;
        }

        var match = await factors.ConfirmAsync(
            caller,
            command.Proof,
            ChallengePurpose.PasskeyStepUp,
            isReserved: false,
            AuditTypes.StepUpFailed,
            command.Client,
            command.DeviceTokens,
            cancellationToken
        );
        return match.IsFailure ? match.Error : await CompleteAsync(user => user.IsActive, match.Value);

        Task<Result<SteppedUp>> CompleteAsync(Func<User, bool> isStillValid, MatchedFactor? factor) =>
            unitOfWork.RetryAsync(clock, () => StepUpAsync(command, isStillValid, factor, cancellationToken));
    }

    private async Task<Result<SteppedUp>> StepUpAsync(
        StepUpCommand command,
        Func<User, bool> isStillValid,
        MatchedFactor? factor,
        CancellationToken cancellationToken
    )
    {
        var user = await users.FindAsync(command.UserId, cancellationToken);
        var session = await sessions.FindAsync(command.SessionId, cancellationToken);
        if (user is null || session is null)
        {
            return CommonErrors.NotFound;
        }

        var now = clock.GetUtcNow();
        var refusal = factor is null ? PasswordErrors.InvalidCredentials : FactorErrors.InvalidCode;
        if (!isStillValid(user) || !session.IsAliveAt(now))
        {
            return refusal;
        }

        if (factor is not null && !await verification.TryUseAsync(factor, user, command.Client, now, cancellationToken))
        {
            return refusal;
        }

        var token = completion.StepUp(user, session, factor, command.Client, now);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new SteppedUp(token, session.AuthenticationContext, now);
    }
}
