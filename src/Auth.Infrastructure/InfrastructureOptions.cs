using Auth.Infrastructure.Background;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Passwords;

namespace Auth.Infrastructure;

/// <summary>All that this layer has to be told.</summary>
/// <param name="Database">Where the data lies.</param>
/// <param name="MasterKeys">The master key in use first, then those that are still accepted; 32 bytes or more each.</param>
/// <param name="Jwt">What access tokens look like.</param>
/// <param name="Keys">The life of signing keys.</param>
/// <param name="Passwords">How passwords are hashed.</param>
/// <param name="Revocation">How instances learn of each other's revocations.</param>
/// <param name="Audit">How long the audit log is kept.</param>
public sealed record InfrastructureOptions(
    DatabaseOptions Database,
    IReadOnlyList<byte[]> MasterKeys,
    JwtOptions Jwt,
    KeyOptions Keys,
    PasswordOptions Passwords,
    RevocationOptions Revocation,
    AuditOptions Audit
)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(InfrastructureOptions);
}
