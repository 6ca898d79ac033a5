using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>
/// Grants the role admin to a user on behalf of the operator, not of a request, which would have to come
/// from an administrator.
/// </summary>
public sealed record GrantAdministratorCommand(string? Email, string Reason) : IRequest<Result<GrantedAdministrator>>;

/// <summary>Whether the role was granted; false if the user already had it.</summary>
public sealed record GrantedAdministrator(bool Granted);

internal sealed class GrantAdministratorCommandValidator : AbstractValidator<GrantAdministratorCommand>
{
    public GrantAdministratorCommandValidator() => RuleFor(command => command.Email).EmailAddress();
}

internal sealed class GrantAdministratorCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<GrantAdministratorCommand, Result<GrantedAdministrator>>
{
    public async Task<Result<GrantedAdministrator>> Handle(
        GrantAdministratorCommand command,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindByEmailAsync(EmailAddress.From(command.Email!), cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        if (!user.IsActive)
        {
            return Error.Validation("email", "This account is disabled; have an administrator enable it first.");
        }

        var role = await roles.GetAdministratorRoleAsync(cancellationToken);
        var newRoles = user.Roles.Union([role]).ToList();
        if (newRoles.Sum(held => held.TokenSize) > Role.MaxTokenSize)
        {
            return RoleErrors.TooLarge("email");
        }

        var before = string.Join(", ", user.RoleNames);
        var now = clock.GetUtcNow();
        if (!user.ChangeRoles(newRoles, now))
        {
            return new GrantedAdministrator(Granted: false);
        }

        audit.Record(
            AuditTypes.UserRolesChanged,
            ClientInfo.None,
            now,
            user.Id,
            detail: $"from [{before}] to [{string.Join(", ", user.RoleNames)}], {command.Reason}"
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new GrantedAdministrator(Granted: true);
    }
}
