using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>Deletes accounts with all of their data.</summary>
internal sealed class AccountDeletion(
    IUserRepository users,
    Administrators administrators,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    public async Task<Result> DeleteAsync(
        User user,
        Guid actorId,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        if (!await administrators.CanDoWithoutAsync(user, cancellationToken))
        {
            return UserErrors.LastAdministrator;
        }

        var now = clock.GetUtcNow();
        user.Delete(now);
        users.Remove(user);
        audit.ErasePersonalDataOf(user.Id);

        // The record keeps the id, which no longer belongs to anyone. Users who delete themselves leave neither address nor
        // user agent.
        var recorded = actorId == user.Id ? ClientInfo.None : client;
        audit.Record(AuditTypes.UserDeleted, recorded, now, user.Id, actorId);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
