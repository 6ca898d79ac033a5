using Auth.Application.Abstractions;
using Auth.Application.Pipeline;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
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

internal sealed class CreateFirstAdministratorCommandValidator : AbstractValidator<CreateFirstAdministratorCommand>
{
    public CreateFirstAdministratorCommandValidator(PasswordLength length)
    {
        RuleFor(command => command.Email).EmailAddress();
        RuleFor(command => command.Password).NewPassword(length);
    }
}

internal sealed class CreateFirstAdministratorCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    IPasswordPolicy passwordPolicy,
    IPasswordHasher passwords,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<CreateFirstAdministratorCommand, Result<FirstAdministrator>>
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

        var email = EmailAddress.From(command.Email!);
        if (passwordPolicy.Check(command.Password!, email, displayName: null) is { } refusal)
        {
            return Error.Validation("password", refusal);
        }

        var role =
            await roles.FindByNameAsync(Role.Admin, cancellationToken)
            ?? throw new InvalidOperationException("The administrators' role does not exist.");
        var now = clock.GetUtcNow();
        var user = User.Register(
            email,
            await passwords.HashAsync(command.Password!, cancellationToken),
            displayName: null,
            role,
            now
        );
        users.Add(user);
        audit.Add(
            AuditRecord.Create(
                AuditTypes.UserRegistered,
                AuditOutcome.Success,
                new ClientInfo(IpAddress: null, UserAgent: null),
                now,
                user.Id,
                detail: "first administrator"
            )
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new FirstAdministrator(Created: true);
    }
}
