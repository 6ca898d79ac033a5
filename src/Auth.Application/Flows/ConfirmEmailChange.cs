using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Flows;

/// <summary>Replaces the caller's address with the one whose mailbox they have proven to read.</summary>
public sealed record ConfirmEmailChangeCommand(
    Guid UserId,
    string? Token,
    string? FlowToken,
    string? Code,
    ClientInfo Client
) : SecretRecord, IRequest<Result>, IRetriesConflicts, IFlowProofMessage;

internal sealed class ConfirmEmailChangeCommandValidator : AbstractValidator<ConfirmEmailChangeCommand>
{
    public ConfirmEmailChangeCommandValidator() => this.LinkOrCode();
}

internal sealed class ConfirmEmailChangeCommandHandler(
    FlowProofs proofs,
    IMailFlowRepository flows,
    IUserRepository users,
    EmailReplacement replacement,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ConfirmEmailChangeCommand, Result>
{
    public async Task<Result> Handle(ConfirmEmailChangeCommand command, CancellationToken cancellationToken)
    {
        var proof = await proofs.FindAsync(
            command,
            flow => flow.Purpose == FlowPurpose.EmailChange && flow.UserId == command.UserId,
            cancellationToken
        );
        if (proof is null)
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        return await unitOfWork.RetryAsync<Result>(
            clock,
            async () =>
            {
                if (
                    await flows.FindAsync(proof.Flow.Id, cancellationToken) is not { } flow
                    || !proof.IsStillValidFor(flow, clock.GetUtcNow())
                    || await users.FindAsync(command.UserId, cancellationToken) is not { IsActive: true } user
                    || !flow.IsBoundTo(user)
                    || !await replacement.TryReplaceAsync(user, flow, command.Client, cancellationToken)
                )
                {
                    return CommonErrors.InvalidOrExpiredToken;
                }

                await unitOfWork.SaveChangesAsync(cancellationToken);
                return Result.Success;
            }
        );
    }
}
