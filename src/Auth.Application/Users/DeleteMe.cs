using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using Auth.Application.Pipeline;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Deletes the caller's account with all that belongs to it.</summary>
/// <param name="UserId">The caller.</param>
/// <param name="Password">The caller's password: a borrowed session is not enough for this.</param>
/// <param name="Client">Where the request came from.</param>
/// <param name="DeviceTokens">What a device sends that has signed in before.</param>
public sealed record DeleteMeCommand(
    Guid UserId,
    string? Password,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens
) : IRequest<Result>
{
    /// <inheritdoc/>
    public override string ToString() => nameof(DeleteMeCommand);
}

internal sealed class DeleteMeCommandValidator : AbstractValidator<DeleteMeCommand>
{
    public DeleteMeCommandValidator() => RuleFor(command => command.Password).Password();
}

internal sealed class DeleteMeCommandHandler(
    IUserRepository users,
    PasswordConfirmation confirmation,
    Administrators administrators,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<DeleteMeCommand, Result>
{
    public async Task<Result> Handle(DeleteMeCommand command, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var check = await confirmation.ConfirmAsync(
            user,
            command.Password!,
            command.DeviceTokens,
            command.Client,
            cancellationToken
        );
        if (!check.IsAccepted)
        {
            return AuthenticationErrors.InvalidCredentials;
        }

        if (!await administrators.CanDoWithoutAsync(user, cancellationToken))
        {
            return UserErrors.LastAdministrator;
        }

        var now = clock.GetUtcNow();
        user.Delete(now);
        users.Remove(user);
        audit.ErasePersonalDataOf(user.Id);
        // The record keeps the id, which then belongs to nobody, and neither address nor user agent.
        audit.Add(
            AuditRecord.Create(
                AuditTypes.UserDeleted,
                AuditOutcome.Success,
                new ClientInfo(IpAddress: null, UserAgent: null),
                now,
                user.Id,
                user.Id
            )
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
