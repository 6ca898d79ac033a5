using Auth.Domain.Users;

namespace Auth.Application.Abstractions;

/// <summary>Computes the keys of failure counts, which do not reveal the account or device.</summary>
public interface IFailureKeys
{
    /// <summary>The count for all unknown devices together.</summary>
    byte[] OfAddress(EmailAddress email);

    /// <summary>The count for one known device.</summary>
    byte[] OfDevice(Guid userId, Guid deviceId);
}
