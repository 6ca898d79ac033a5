using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Flows;

/// <summary>Asks for a mail to replace a forgotten password. Nobody is looked up: the answer depends on nothing.</summary>
public sealed record ForgotPasswordCommand(string? Email, ClientInfo Client, IReadOnlyList<string> DeviceTokens)
    : SecretRecord,
        IRequest<Result<StartedFlow>>;

internal sealed class ForgotPasswordCommandValidator : AbstractValidator<ForgotPasswordCommand>
{
    public ForgotPasswordCommandValidator() => RuleFor(command => command.Email).EmailAddress();
}

internal sealed class ForgotPasswordCommandHandler(FlowStarter starter, IUnitOfWork unitOfWork, TimeProvider clock)
    : IRequestHandler<ForgotPasswordCommand, Result<StartedFlow>>
{
    public async Task<Result<StartedFlow>> Handle(ForgotPasswordCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var mail = new FlowMail(command.Client, IsLimited: true) { DeviceTokens = command.DeviceTokens };
        var flow = starter.Start(FlowPurpose.PasswordReset, EmailAddress.From(command.Email!), user: null, mail, now);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return starter.Describe(flow, now);
    }
}
