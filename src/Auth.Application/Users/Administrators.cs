using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>Ensures that the service never loses its last administrator.</summary>
internal sealed class Administrators(IUserRepository users)
{
    /// <summary>
    /// Whether an active administrator is left when this user is one no longer. If so, the loss is noted on the role, so
    /// that of two losses at the same moment the second has to look again.
    /// </summary>
    public async Task<bool> CanDoWithoutAsync(User user, CancellationToken cancellationToken)
    {
        if (!user.IsActive || user.Roles.FirstOrDefault(role => role.IsAdministrator) is not { } administratorRole)
        {
            return true;
        }

        if (!await users.AnyOtherActiveAdministratorAsync(user.Id, cancellationToken))
        {
            return false;
        }

        administratorRole.NoteRemovedHolder();
        return true;
    }
}
