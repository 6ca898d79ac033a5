using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Factors;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>Adds imported users, with their factors, audit records and invitations. The caller saves.</summary>
internal sealed class ImportedUsers(
    IUserRepository users,
    IFactorRepository factors,
    ITotp totp,
    Invitations invitations,
    IAuditLog audit
)
{
    /// <summary>Adds a user who is well-formed.</summary>
    public User Add(UserImport entry, IEnumerable<Role> userRoles, DateTimeOffset now)
    {
        var user = User.Import(
            EmailAddress.From(entry.Email!),
            entry.EmailConfirmed,
            entry.PasswordHash,
            entry.DisplayName,
            userRoles,
            now,
            entry.Id,
            entry.CreatedAt,
            entry.IsDisabled
        );
        users.Add(user);
        audit.Record(AuditTypes.UserRegistered, ClientInfo.None, now, user.Id, detail: "imported");
        if (entry is { PasswordHash: null, IsDisabled: false } && invitations.ArePossible)
        {
            user.Invite();
            invitations.Send(user, ClientInfo.None, now, detail: "imported without a password");
        }

        if (entry.TotpSecret is { } text)
        {
            var id = Guid.CreateVersion7(now);
            factors.Add(Factor.ImportTotp(id, user.Id, totp.Seal(id, totp.TryRead(text)!), now));
            user.ImportFactor();
            audit.Record(AuditTypes.FactorAdded, ClientInfo.None, now, user.Id, detail: $"imported totp {id}");
        }

        return user;
    }
}
