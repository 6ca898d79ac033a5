using System.Text.Json;
using Auth.Application.Mail;

namespace Auth.Infrastructure.Security.Mail;

/// <summary>Encrypts the circumstances of mails as JSON.</summary>
internal sealed class MailFactsSeal(MasterKeys masterKeys) : IMailFactsSeal
{
    private readonly MasterKeyEncryption _encryption = new(masterKeys, "mail facts encryption");

    /// <inheritdoc/>
    public byte[] Seal(Guid mailId, MailFacts facts) =>
        _encryption.Encrypt(JsonSerializer.SerializeToUtf8Bytes(facts), mailId.ToByteArray(bigEndian: true));

    /// <inheritdoc/>
    public MailFacts Open(Guid mailId, byte[] stored) =>
        JsonSerializer.Deserialize<MailFacts>(
            _encryption.Decrypt(stored, mailId.ToByteArray(bigEndian: true), $"The facts of mail {mailId}")
        )!;
}
