using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Flows;

/// <summary>
/// Asks for the mail of a flow again, whose earlier link and code are then no longer valid: of the flow of a flow token,
/// or of the verification of the caller's address.
/// </summary>
public sealed record ResendVerificationCommand(string? FlowToken, Guid? CallerId, ClientInfo Client)
    : SecretRecord,
        IRequest<Result<StartedFlow>>;

internal sealed class ResendVerificationCommandValidator : AbstractValidator<ResendVerificationCommand>
{
    public ResendVerificationCommandValidator() =>
        RuleFor(command => command.FlowToken)
            .NotEmpty()
            .WithMessage("A flowToken is required, unless the request has an access token.")
            .When(command => command.CallerId is null);
}

internal sealed class ResendVerificationCommandHandler(
    IMailFlowRepository flows,
    IUserRepository users,
    IFlowSecrets secrets,
    FlowStarter starter,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ResendVerificationCommand, Result<StartedFlow>>
{
    public Task<Result<StartedFlow>> Handle(ResendVerificationCommand command, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(command.FlowToken)
            ? SendToCallerAsync(command.CallerId!.Value, command.Client, cancellationToken)
            : SendAgainAsync(command.FlowToken, command.Client, cancellationToken);

    // Answered alike whatever became of the flow: whether it still needs a mail is decided when the mail is prepared.
    private async Task<Result<StartedFlow>> SendAgainAsync(
        string flowToken,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        if (secrets.ReadFlowToken(flowToken) is not { } token)
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        var now = clock.GetUtcNow();
        if (await flows.FindAsync(token.FlowId, cancellationToken) is { } flow)
        {
            starter.SendAgain(flow, new FlowMail(client, IsLimited: true), now);
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return new StartedFlow(flowToken, now + FlowLifetimes.Code);
    }

    private async Task<Result<StartedFlow>> SendToCallerAsync(
        Guid callerId,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindAsync(callerId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var now = clock.GetUtcNow();
        var mail = new FlowMail(client, IsLimited: false);
        var flow = await starter.SendAgainAsync(user, FlowPurpose.EmailVerification, mail, now, cancellationToken);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return starter.Describe(flow, now);
    }
}
