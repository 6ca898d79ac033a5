using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Replaces all roles of a user with a single one.</summary>
public sealed record ChangeRoleCommand(Guid UserId, string? Role, Guid ActorId, ClientInfo Client)
    : IRequest<Result<UserDetails>>;

internal sealed class ChangeRoleCommandValidator : AbstractValidator<ChangeRoleCommand>
{
    public ChangeRoleCommandValidator() =>
        RuleFor(command => command.Role).Must(RoleName.IsValid).WithMessage("Enter a valid role name.");
}

internal sealed class ChangeRoleCommandHandler(IMediator mediator)
    : IRequestHandler<ChangeRoleCommand, Result<UserDetails>>
{
    public async Task<Result<UserDetails>> Handle(ChangeRoleCommand command, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(
            new ChangeRolesCommand(command.UserId, [command.Role!], command.ActorId, command.Client),
            cancellationToken
        );

        // The field is called role in the request.
        return result.Error?.Fields is { } fields
            ? Error.Validation(nameof(command.Role).ToLowerInvariant(), fields.Values.First()[0])
            : result;
    }
}
