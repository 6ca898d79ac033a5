using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Passwords;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>
/// Asks for an account that is created once the address is confirmed. Nobody is looked up: the answer does not reveal
/// whether the address is taken.
/// </summary>
public sealed record RequestRegistrationCommand(string? Email, string? Password, string? DisplayName, ClientInfo Client)
    : SecretRecord,
        IRequest<Result<StartedFlow>>,
        IRetriesConflicts;

internal sealed class RequestRegistrationCommandValidator : AbstractValidator<RequestRegistrationCommand>
{
    public RequestRegistrationCommandValidator(PasswordLength length)
    {
        RuleFor(command => command.Email).EmailAddress();
        RuleFor(command => command.Password).NewPassword(length);
        RuleFor(command => command.DisplayName).DisplayName();
    }
}

internal sealed class RequestRegistrationCommandHandler(
    NewPasswords passwords,
    FlowStarter flows,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RequestRegistrationCommand, Result<StartedFlow>>
{
    public async Task<Result<StartedFlow>> Handle(
        RequestRegistrationCommand command,
        CancellationToken cancellationToken
    )
    {
        var (email, name) = (EmailAddress.From(command.Email!), command.DisplayName);
        var hash = await passwords.HashUncheckedAsync(command.Password!, email, name, cancellationToken);
        return hash.IsFailure
            ? hash.Error
            : await unitOfWork.RetryAsync<Result<StartedFlow>>(
                clock,
                async () =>
                {
                    var now = clock.GetUtcNow();
                    var mail = new FlowMail(command.Client, IsLimited: true);
                    var flow = flows.Start(FlowPurpose.Registration, email, user: null, mail, now);
                    flow.Hold(PendingRegistration.Create(flow.Id, hash.Value, name));
                    await unitOfWork.SaveChangesAsync(cancellationToken);
                    return flows.Describe(flow, now);
                }
            );
    }
}
