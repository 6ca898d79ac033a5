using Auth.Application.Abstractions;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Replaces the roles of a user.</summary>
public sealed record ChangeRolesCommand(Guid UserId, IReadOnlyList<string>? Roles, Guid ActorId, ClientInfo Client)
    : IRequest<Result<UserDetails>>;

internal sealed class ChangeRolesCommandValidator : AbstractValidator<ChangeRolesCommand>
{
    public ChangeRolesCommandValidator()
    {
        RuleFor(command => command.Roles).NotNull().WithMessage("A list of roles is required; it may be empty.");
        RuleFor(command => command.Roles).RoleNames();
    }
}

internal sealed class ChangeRolesCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    Administrators administrators,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ChangeRolesCommand, Result<UserDetails>>
{
    public async Task<Result<UserDetails>> Handle(ChangeRolesCommand command, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var names = command.Roles!.Select(RoleName.From).Distinct().ToList();
        var newRoles = await roles.ListByNamesAsync(names, cancellationToken);
        if (
            names.ExceptBy(newRoles.Select(role => role.NormalizedName), name => name.Normalized).FirstOrDefault() is
            { } unknown
        )
        {
            return RoleErrors.Unknown(unknown);
        }

        var actor = await users.FindActorAsync(
            command.ActorId,
            caller => caller.MayChange(user) && newRoles.Except(user.Roles).All(caller.MayGrant),
            cancellationToken
        );
        if (actor is null)
        {
            return CommonErrors.Forbidden;
        }

        if (newRoles.Sum(role => role.TokenSize) > Role.MaxTokenSize)
        {
            return RoleErrors.TooLarge("roles");
        }

        var staysAdministrator = newRoles.Any(role => role.IsAdministrator);
        if (!staysAdministrator && !await administrators.CanDoWithoutAsync(user, cancellationToken))
        {
            return UserErrors.LastAdministrator;
        }

        var before = string.Join(", ", user.RoleNames);
        var now = clock.GetUtcNow();
        if (user.ChangeRoles(newRoles, now))
        {
            audit.Record(
                AuditTypes.UserRolesChanged,
                command.Client,
                now,
                user.Id,
                actor.Id,
                detail: $"from [{before}] to [{string.Join(", ", user.RoleNames)}]"
            );
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return UserDetails.From(user);
    }
}
