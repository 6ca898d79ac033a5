using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>Ensures that there is always an active administrator.</summary>
internal sealed class Administrators(IUserRepository users)
{
    /// <summary>
    /// Whether an active administrator remains without this user. If so, the loss is counted on the role, so
    /// that of two simultaneous losses the second one has to check again.
    /// </summary>
    public async Task<bool> CanDoWithoutAsync(User user, CancellationToken cancellationToken)
    {
        // Those who have not accepted their invitation could not take over.
        if (
            !user.IsActive
            || user.IsInvited
            || user.Roles.FirstOrDefault(role => role.IsAdministrator) is not { } administratorRole
        )
        {
            return true;
        }

        if (!await users.AnyOtherActiveAdministratorAsync(user.Id, cancellationToken))
        {
            return false;
        }

        administratorRole.RecordRemovedHolder();
        return true;
    }
}
