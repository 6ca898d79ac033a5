using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using Auth.Application.Mail;
using Auth.Application.Passwords;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Auth.Application.Flows;

/// <summary>
/// Confirms an address. It takes two proofs: the mailbox (link or code), and having asked for the mail (flow token, access
/// token or password). Somebody who is sent a mail that they did not ask for completes nothing with it.
/// </summary>
public sealed record VerifyEmailCommand(
    string? Token,
    string? FlowToken,
    string? Code,
    string? Password,
    Guid? CallerId,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens
) : SecretRecord, IRequest<Result<VerifiedEmail>>, IRetriesConflicts, IFlowProofMessage;

/// <summary>The sign-in of a registration that is now complete; null for a user who had an account before.</summary>
public sealed record VerifiedEmail(SignIn? SignIn) : SecretRecord;

internal sealed class VerifyEmailCommandValidator : AbstractValidator<VerifyEmailCommand>
{
    public VerifyEmailCommandValidator() => this.LinkNotBoth();
}

internal sealed class VerifyEmailCommandHandler(
    FlowProofs proofs,
    IFlowSecrets secrets,
    IAddressSeal addresses,
    IMailFlowRepository flows,
    PasswordConfirmation confirmation,
    EmailVerification verification,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<VerifyEmailCommand, Result<VerifiedEmail>>
{
    public async Task<Result<VerifiedEmail>> Handle(VerifyEmailCommand command, CancellationToken cancellationToken)
    {
        var proof = await FindProofAsync(command, cancellationToken);
        if (proof is null)
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        var starter = await ProveStarterAsync(command, proof, cancellationToken);
        if (starter.IsFailure)
        {
            return starter.Error;
        }

        return await unitOfWork.RetryAsync<Result<VerifiedEmail>>(
            clock,
            async () =>
            {
                var flow = await flows.FindAsync(proof.Flow.Id, cancellationToken);
                if (flow is null || !proof.IsStillValidFor(flow, clock.GetUtcNow()))
                {
                    return CommonErrors.InvalidOrExpiredToken;
                }

                var verified = await verification.CompleteAsync(flow, command.Client, cancellationToken);
                if (!verified.IsFailure)
                {
                    await unitOfWork.SaveChangesAsync(cancellationToken);
                }

                return verified;
            }
        );
    }

    private Task<FlowProof?> FindProofAsync(VerifyEmailCommand command, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(command.Token) || !string.IsNullOrEmpty(command.FlowToken))
        {
            return proofs.FindAsync(command, IsUsable, cancellationToken);
        }

        return command.CallerId is { } callerId
            ? proofs.FindByCodeAsync(callerId, FlowPurpose.EmailVerification, command.Code, cancellationToken)
            : Task.FromResult<FlowProof?>(null);

        // The other proof of a code is known before the code is compared. A flow token is enough for a registration only:
        // users with an account sign in to it.
        bool IsUsable(MailFlow flow) =>
            flow.Purpose == FlowPurpose.Registration
            || (
                flow.Purpose == FlowPurpose.EmailVerification
                && (flow.UserId == command.CallerId || !string.IsNullOrEmpty(command.Token))
            );
    }

    private async Task<Result> ProveStarterAsync(
        VerifyEmailCommand command,
        FlowProof proof,
        CancellationToken cancellationToken
    )
    {
        var flow = proof.Flow;
        if (proof.IsByCode || flow.UserId is { } userId && userId == command.CallerId || IsStarter(command, flow))
        {
            return Result.Success;
        }

        if (string.IsNullOrEmpty(command.Password))
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        var check = flow.Registration is { } registration
            ? await confirmation.ConfirmPendingAsync(
                addresses.Open(flow.Id, flow.SealedAddress),
                registration.PasswordHash,
                command.Password,
                command.Client,
                cancellationToken
            )
            : await confirmation.ConfirmAsync(
                flow.UserId!.Value,
                command.Password,
                command.DeviceTokens,
                command.Client,
                AuditTypes.LoginFailed,
                cancellationToken
            );
        return check.IsFailure ? check.Error : Result.Success;
    }

    private bool IsStarter(VerifyEmailCommand command, MailFlow flow) =>
        flow.Purpose == FlowPurpose.Registration && secrets.ReadFlowToken(command.FlowToken)?.FlowId == flow.Id;
}
