using Auth.Domain.Users;

namespace Auth.Application.Abstractions;

/// <summary>Recognises devices that have signed in to an account before. Nothing of them is stored.</summary>
public interface IKnownDevices
{
    /// <summary>Makes the token by which a device is recognised.</summary>
    string Issue(User user, Guid deviceId);

    /// <summary>Finds out which device of a user sends a token.</summary>
    /// <returns>Null if there is no token, or not one of this account since its last change of password.</returns>
    Guid? Find(string? token, User user);
}
