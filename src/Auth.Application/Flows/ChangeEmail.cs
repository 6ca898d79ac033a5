using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Passwords;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Flows;

/// <summary>
/// Asks for a mail to another address, which becomes the caller's once it is confirmed. Nobody is looked up by that
/// address: the answer does not reveal whether it is taken.
/// </summary>
public sealed record ChangeEmailCommand(
    Guid UserId,
    string? NewEmail,
    string? Password,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens
) : SecretRecord, IRequest<Result<StartedFlow>>, IRetriesConflicts;

internal sealed class ChangeEmailCommandValidator : AbstractValidator<ChangeEmailCommand>
{
    public ChangeEmailCommandValidator() => RuleFor(command => command.NewEmail).EmailAddress();
}

internal sealed class ChangeEmailCommandHandler(
    IUserRepository users,
    PasswordConfirmation confirmation,
    FlowStarter starter,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ChangeEmailCommand, Result<StartedFlow>>
{
    public async Task<Result<StartedFlow>> Handle(ChangeEmailCommand command, CancellationToken cancellationToken)
    {
        var confirmed = await confirmation.ConfirmIfSetAsync(
            command.UserId,
            command.Password,
            command.DeviceTokens,
            command.Client,
            cancellationToken
        );
        if (confirmed.IsFailure)
        {
            return confirmed.Error;
        }

        return await unitOfWork.RetryAsync<Result<StartedFlow>>(
            clock,
            async () =>
            {
                if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
                {
                    return CommonErrors.NotFound;
                }

                if (user.FlowEpoch != confirmed.Value.User!.FlowEpoch || !user.IsActive)
                {
                    return PasswordErrors.InvalidCredentials; // changed meanwhile
                }

                var now = clock.GetUtcNow();
                var flow = starter.Start(
                    FlowPurpose.EmailChange,
                    EmailAddress.From(command.NewEmail!),
                    user,
                    new FlowMail(command.Client, IsLimited: false),
                    now
                );
                audit.Record(AuditTypes.EmailChangeRequested, command.Client, now, user.Id, user.Id);
                await unitOfWork.SaveChangesAsync(cancellationToken);
                return starter.Describe(flow, now);
            }
        );
    }
}
