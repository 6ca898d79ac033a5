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

/// <summary>Recognizes a device by any of several tokens.</summary>
public static class KnownDeviceExtensions
{
    /// <summary>Finds the device that one of the tokens was issued for; an invalid one never hides a valid one.</summary>
    /// <returns>Null if there is no account, or no token of it.</returns>
    public static Guid? FindAny(this IKnownDevices devices, IReadOnlyList<string> tokens, User? user) =>
        user is null ? null : tokens.Select(token => devices.Find(token, user)).FirstOrDefault(id => id is not null);
}
