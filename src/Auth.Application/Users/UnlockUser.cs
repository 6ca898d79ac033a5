using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Lifts the block that failed sign-ins have put on an account and its devices.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ActorId">Who does it.</param>
/// <param name="Client">Where the request came from.</param>
public sealed record UnlockUserCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result<UserDetails>>;

internal sealed class UnlockUserCommandHandler(
    IUserRepository users,
    PasswordGuard guard,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<UnlockUserCommand, Result<UserDetails>>
{
    public async Task<Result<UserDetails>> Handle(UnlockUserCommand command, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var actor = await users.FindAsync(command.ActorId, cancellationToken);
        if (actor is null || !actor.MayChange(user))
        {
            return CommonErrors.Forbidden;
        }

        var forgotten = await guard.ForgetAsync(user);
        audit.Add(
            AuditRecord.Create(
                AuditTypes.UserUnlocked,
                AuditOutcome.Success,
                command.Client,
                clock.GetUtcNow(),
                user.Id,
                actor.Id,
                detail: $"{forgotten.Sum(count => count.Failures)} failures, "
                    + $"{forgotten.Sum(count => count.Refusals)} refused"
            )
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return UserDetails.Of(user);
    }
}
