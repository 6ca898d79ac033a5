using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Creates an administrator unless there is one.</summary>
public sealed record CreateFirstAdministratorCommand(string? Email, string? Password)
    : SecretRecord,
        IRequest<Result<FirstAdministrator>>;

/// <summary>Whether the administrator was created; false if there already was one.</summary>
public sealed record FirstAdministrator(bool Created);

internal sealed class CreateFirstAdministratorCommandHandler(IUserRepository users, IMediator mediator)
    : IRequestHandler<CreateFirstAdministratorCommand, Result<FirstAdministrator>>
{
    public async Task<Result<FirstAdministrator>> Handle(
        CreateFirstAdministratorCommand command,
        CancellationToken cancellationToken
    )
    {
        if (await users.AnyOtherActiveAdministratorAsync(Guid.Empty, cancellationToken))
        {
            return new FirstAdministrator(Created: false);
        }

        var result = await mediator.Send(
            new CreateAdministratorCommand(command.Email, command.Password, "first administrator"),
            cancellationToken
        );
        return result.IsFailure ? result.Error : new FirstAdministrator(Created: true);
    }
}
