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

/// <summary>Creates an account without a password, whose owner sets one with the link of an invitation.</summary>
public sealed record InviteUserCommand(
    string? Email,
    string? DisplayName,
    IReadOnlyList<string>? Roles,
    Guid ActorId,
    ClientInfo Client
) : IRequest<Result<UserDetails>>;

internal sealed class InviteUserCommandValidator : AbstractValidator<InviteUserCommand>
{
    public InviteUserCommandValidator()
    {
        RuleFor(command => command.Email).EmailAddress();
        RuleFor(command => command.DisplayName).DisplayName();
        RuleFor(command => command.Roles).RoleNames();
    }
}

internal sealed class InviteUserCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    AddressAvailability addresses,
    Invitations invitations,
    RegistrationPolicy registration,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<InviteUserCommand, Result<UserDetails>>
{
    public async Task<Result<UserDetails>> Handle(InviteUserCommand command, CancellationToken cancellationToken)
    {
        if (!invitations.ArePossible)
        {
            return MailErrors.SwitchedOff;
        }

        var names = command.Roles?.Select(RoleName.From).Distinct().ToList() ?? [registration.DefaultRole];
        var granted = await roles.ListByNamesAsync(names, cancellationToken);
        if (
            names.ExceptBy(granted.Select(role => role.NormalizedName), name => name.Normalized).FirstOrDefault() is
            { } unknown
        )
        {
            return RoleErrors.Unknown(unknown);
        }

        // Read: the caller's token may be older than a change of their own roles.
        var actor = await users.FindActorAsync(command.ActorId, cancellationToken);
        if (actor is null || !granted.All(actor.MayGrant))
        {
            return CommonErrors.Forbidden;
        }

        if (granted.Sum(role => role.TokenSize) > Role.MaxTokenSize)
        {
            return RoleErrors.TooLarge("roles");
        }

        var email = EmailAddress.From(command.Email!);
        if (await addresses.IsTakenAsync(email, cancellationToken))
        {
            return UserErrors.EmailAlreadyRegistered;
        }

        var now = clock.GetUtcNow();
        var user = User.Invite(email, command.DisplayName, granted, now);
        users.Add(user);
        invitations.Send(user, command.Client, now, actor.Id);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return UserDetails.From(user);
    }
}
