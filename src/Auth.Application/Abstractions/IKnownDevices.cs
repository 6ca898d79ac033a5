using Auth.Domain.Users;

namespace Auth.Application.Abstractions;

/// <summary>Recognizes devices that have signed in to an account before. Nothing about them is stored.</summary>
public interface IKnownDevices
{
    /// <summary>Issues the token that recognizes a device.</summary>
    string Issue(User user, Guid deviceId);

    /// <summary>Finds the device that a token was issued for.</summary>
    /// <returns>Null if there is no token, or it was not issued for this account since its last password change.</returns>
    Guid? Find(string? token, User user);
}
