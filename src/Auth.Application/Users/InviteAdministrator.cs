using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Invites an administrator, on behalf of the operator and not of a request.</summary>
public sealed record InviteAdministratorCommand(string? Email, string Reason) : IRequest<Result>;

internal sealed class InviteAdministratorCommandValidator : AbstractValidator<InviteAdministratorCommand>
{
    public InviteAdministratorCommandValidator() => RuleFor(command => command.Email).EmailAddress();
}

internal sealed class InviteAdministratorCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    AddressAvailability addresses,
    Invitations invitations,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<InviteAdministratorCommand, Result>
{
    public async Task<Result> Handle(InviteAdministratorCommand command, CancellationToken cancellationToken)
    {
        if (!invitations.ArePossible)
        {
            return MailErrors.SwitchedOff;
        }

        var email = EmailAddress.From(command.Email!);
        if (await addresses.IsTakenAsync(email, cancellationToken))
        {
            return UserErrors.EmailAlreadyRegistered;
        }

        var role = await roles.GetAdministratorRoleAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var user = User.Invite(email, displayName: null, [role], now);
        users.Add(user);
        invitations.Send(user, ClientInfo.None, now, detail: command.Reason);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
