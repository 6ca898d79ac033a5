using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Flows;

/// <summary>Restores the address that the link was sent to, whatever has changed since.</summary>
public sealed record UndoEmailChangeCommand(string? Token, ClientInfo Client)
    : SecretRecord,
        IRequest<Result>,
        IRetriesConflicts;

internal sealed class UndoEmailChangeCommandValidator : AbstractValidator<UndoEmailChangeCommand>
{
    public UndoEmailChangeCommandValidator() =>
        RuleFor(command => command.Token).NotEmpty().WithMessage("The token of the link is required.");
}

internal sealed class UndoEmailChangeCommandHandler(
    FlowProofs proofs,
    IMailFlowRepository flows,
    IUserRepository users,
    EmailReplacement replacement,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<UndoEmailChangeCommand, Result>
{
    public async Task<Result> Handle(UndoEmailChangeCommand command, CancellationToken cancellationToken)
    {
        var proof = await proofs.FindByLinkAsync(command.Token!, cancellationToken);
        if (proof?.Flow.Purpose != FlowPurpose.EmailChangeUndo)
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
                    || await users.FindAsync(flow.UserId!.Value, cancellationToken) is not { } user
                    || !await replacement.TryRestoreAsync(user, flow, command.Client, cancellationToken)
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
