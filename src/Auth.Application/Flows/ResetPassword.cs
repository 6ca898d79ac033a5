using Auth.Application.Abstractions;
using Auth.Application.Passwords;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Flows;

/// <summary>Replaces the password of a user who reads the mailbox: with a link, or with a flow token and a code.</summary>
public sealed record ResetPasswordCommand(
    string? Token,
    string? FlowToken,
    string? Code,
    string? NewPassword,
    ClientInfo Client
) : SecretRecord, IRequest<Result>, IRetriesConflicts, IFlowProofMessage;

internal sealed class ResetPasswordCommandValidator : AbstractValidator<ResetPasswordCommand>
{
    public ResetPasswordCommandValidator(PasswordLength length)
    {
        this.LinkOrCode();
        RuleFor(command => command.NewPassword).NewPassword(length);
    }
}

internal sealed class ResetPasswordCommandHandler(
    FlowProofs proofs,
    IMailFlowRepository flows,
    IUserRepository users,
    NewPasswords passwords,
    PasswordReset reset,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ResetPasswordCommand, Result>
{
    public async Task<Result> Handle(ResetPasswordCommand command, CancellationToken cancellationToken)
    {
        var proof = await proofs.FindAsync(command, IsReset, cancellationToken);
        if (proof is null || await FindUserAsync(proof.Flow, cancellationToken) is not { } owner)
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        var hash = await passwords.HashNextAsync(command.NewPassword!, owner, cancellationToken);
        if (hash.IsFailure)
        {
            await proofs.ReturnAsync(proof);
            return hash.Error;
        }

        return await unitOfWork.RetryAsync<Result>(
            clock,
            async () =>
            {
                var now = clock.GetUtcNow();
                if (
                    await flows.FindAsync(proof.Flow.Id, cancellationToken) is not { } flow
                    || !proof.IsStillValidFor(flow, now)
                    || await FindUserAsync(flow, cancellationToken) is not { } user
                )
                {
                    return CommonErrors.InvalidOrExpiredToken;
                }

                await reset.ReplaceAsync(user, hash.Value, command.Client, now, cancellationToken);
                flow.Consume(now);
                await unitOfWork.SaveChangesAsync(cancellationToken);
                return Result.Success;
            }
        );
    }

    private static bool IsReset(MailFlow flow) => flow.Purpose == FlowPurpose.PasswordReset;

    private async Task<User?> FindUserAsync(MailFlow flow, CancellationToken cancellationToken) =>
        flow.UserId is { } id
        && await users.FindAsync(id, cancellationToken) is { IsActive: true } user
        && flow.IsBoundTo(user)
            ? user
            : null;
}
