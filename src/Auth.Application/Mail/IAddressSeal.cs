using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>Encrypts addresses under the master key, and hashes them so that equal ones can be found.</summary>
public interface IAddressSeal
{
    /// <summary>Encrypts an address.</summary>
    /// <param name="id">The row that it is stored in; it cannot be decrypted as part of another one.</param>
    /// <param name="address">The address.</param>
    byte[] Seal(Guid id, EmailAddress address);

    /// <summary>Decrypts an address.</summary>
    /// <param name="id">The row that it is stored in.</param>
    /// <param name="stored">The encrypted address.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The master key is not configured, or the value was changed or belongs to another row.
    /// </exception>
    EmailAddress Open(Guid id, byte[] stored);

    /// <summary>Hashes an address under the current master key.</summary>
    byte[] Hash(EmailAddress address);

    /// <summary>Hashes an address under each master key, the current one first.</summary>
    IReadOnlyList<byte[]> ListHashes(EmailAddress address);
}
