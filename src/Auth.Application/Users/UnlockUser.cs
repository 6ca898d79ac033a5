using Auth.Application.Abstractions;
using Auth.Application.Passwords;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Unlocks an account and its devices after failed sign-ins.</summary>
public sealed record UnlockUserCommand(Guid UserId, Guid ActorId, ClientInfo Client)
    : IRequest<Result<UserDetails>>,
        IRetriesConflicts;

internal sealed class UnlockUserCommandHandler(
    IUserRepository users,
    FailureReset failures,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<UnlockUserCommand, Result<UserDetails>>
{
    public async Task<Result<UserDetails>> Handle(UnlockUserCommand command, CancellationToken cancellationToken)
    {
        var found = await users.FindForActorAsync(command.UserId, command.ActorId, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        // Once, before the retries: a second attempt would find nothing to remove, and record that.
        var user = found.Value;
        var counts = await failures.ResetAsync(user);
        return await unitOfWork.RetryAsync<Result<UserDetails>>(
            clock,
            async () =>
            {
                var (failures, refusals) = (counts.Sum(count => count.Failures), counts.Sum(count => count.Refusals));
                var detail = $"{failures} failures, {refusals} refused";
                var now = clock.GetUtcNow();
                audit.Record(AuditTypes.UserUnlocked, command.Client, now, user.Id, command.ActorId, detail: detail);
                await unitOfWork.SaveChangesAsync(cancellationToken);
                return UserDetails.From(user);
            }
        );
    }
}
