using Auth.Infrastructure.Background;
using Auth.Infrastructure.Mail;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Passwords;

namespace Auth.Infrastructure;

/// <summary>The options of this layer.</summary>
/// <param name="Database">The database.</param>
/// <param name="MasterKeys">The current master key first, then the previous ones; at least 32 bytes each.</param>
/// <param name="Jwt">The contents and the signature of access tokens.</param>
/// <param name="Keys">The rotation of signing keys.</param>
/// <param name="Passwords">The hashing and the rules of passwords.</param>
/// <param name="Passkeys">Where passkeys are used.</param>
/// <param name="Revocation">How instances learn of each other's revocations.</param>
/// <param name="Audit">How long the audit log is kept.</param>
/// <param name="Mail">How mail is sent.</param>
public sealed record InfrastructureOptions(
    DatabaseOptions Database,
    IReadOnlyList<byte[]> MasterKeys,
    JwtOptions Jwt,
    KeyOptions Keys,
    PasswordOptions Passwords,
    PasskeyOptions Passkeys,
    RevocationOptions Revocation,
    AuditOptions Audit,
    MailOptions Mail
)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(InfrastructureOptions);
}
