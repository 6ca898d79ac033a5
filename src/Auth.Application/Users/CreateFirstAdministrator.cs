using Auth.Domain.Common;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Makes an administrator, if there is none yet.</summary>
public sealed record CreateFirstAdministratorCommand(string? Email, string? Password)
    : IRequest<Result<FirstAdministrator>>
{
    /// <inheritdoc/>
    public override string ToString() => nameof(CreateFirstAdministratorCommand);
}

/// <summary>What became of it.</summary>
/// <param name="Created">Whether the administrator was made now; false if there was one before.</param>
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
