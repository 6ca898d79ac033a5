using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Factors;

/// <summary>Confirms the enrolment of an authenticator app with a code that it shows.</summary>
public sealed record ConfirmTotpCommand(Guid UserId, Guid SessionId, Guid FactorId, string? Code, ClientInfo Client)
    : SecretRecord,
        IRequest<Result<EnrolledFactor>>;

/// <summary>A new factor.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="RecoveryCodes">The recovery codes that come with the first factor, to show once; else null.</param>
public sealed record EnrolledFactor(FactorDetails Factor, IReadOnlyList<string>? RecoveryCodes) : SecretRecord;

internal sealed class ConfirmTotpCommandValidator : AbstractValidator<ConfirmTotpCommand>
{
    public ConfirmTotpCommandValidator() =>
        RuleFor(command => command.Code).NotEmpty().WithMessage("The code of the app is required.");
}

internal sealed class ConfirmTotpCommandHandler(
    IUserRepository users,
    ISessionRepository sessions,
    IFactorRepository factors,
    FactorChanges changes,
    StepUpPolicy policy,
    ITotp totp,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ConfirmTotpCommand, Result<EnrolledFactor>>
{
    public async Task<Result<EnrolledFactor>> Handle(ConfirmTotpCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // The user first, whose version notices any factor that is added or removed after that.
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var enrolled = await factors.ListAsync(user.Id, cancellationToken);
        if (
            enrolled.SingleOrDefault(factor => factor.Id == command.FactorId && !factor.IsConfirmed) is not { } factor
            || factor.IsExpiredAt(now)
            || await sessions.FindAsync(command.SessionId, cancellationToken) is not { } session
        )
        {
            return CommonErrors.NotFound;
        }

        // Another factor may have been added since the enrolment began in a session that has not used it.
        if (
            policy.IsEnabled
            && policy.Check(now, session.AuthenticationContext, user.HasSecondFactor, now)
                is { IsFailure: true } refusal
        )
        {
            return refusal.Error;
        }

        if (enrolled.Count(other => other is { Kind: FactorKind.Totp, IsConfirmed: true }) >= Factor.MaxTotp)
        {
            return FactorErrors.LimitReached;
        }

        // Not counted: the caller has the secret.
        if (totp.FindStep(factor, command.Code!.Replace(" ", "", StringComparison.Ordinal), now) is not { } step)
        {
            return FactorErrors.InvalidCode;
        }

        factor.Confirm(step, now);
        var codes = await changes.CompleteAsync(
            user,
            command.SessionId,
            factor,
            MatchedFactor.MethodsOfCode(session),
            command.Client,
            now,
            cancellationToken
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new EnrolledFactor(FactorDetails.From(factor), codes);
    }
}
