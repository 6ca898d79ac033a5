using Auth.Domain.Revocations;
using Auth.Domain.Roles;

namespace Auth.Domain.Users;

/// <summary>A person with an account.</summary>
public sealed class User : IRevocationSource
{
    /// <summary>The maximum length of a display name, in characters.</summary>
    public const int DisplayNameMaxLength = 100;

    private readonly List<Role> _roles = [];
    private readonly List<Revocation> _revocations = [];

    private User() { }

    /// <summary>A version 7 UUID, which increases with time, or the previous UUID of an imported user.</summary>
    public Guid Id { get; private set; }

    /// <summary>The address the user signs in with.</summary>
    public EmailAddress Email { get; private set; } = null!;

    /// <summary>Whether the user has confirmed the address.</summary>
    public bool EmailConfirmed { get; private set; }

    /// <summary>The display name; 1 to 100 characters.</summary>
    public string? DisplayName { get; private set; }

    /// <summary>
    /// The encoded hash of the password; empty if the user has no password. Never shown, never logged.
    /// </summary>
    public string PasswordHash { get; private set; } = null!;

    /// <summary>Whether the user has a password; some imported users do not.</summary>
    public bool HasPassword => PasswordHash.Length > 0;

    /// <summary>Whether a second factor is enrolled, which sign-ins then require.</summary>
    public bool HasSecondFactor { get; private set; }

    /// <summary>Whether the account may be used.</summary>
    public UserStatus Status { get; private set; }

    /// <summary>
    /// Counts the changes that revoke older access tokens of this user (claim <c>ver</c>). Of two concurrent changes,
    /// the second one has to read again.
    /// </summary>
    public int TokenVersion { get; private set; }

    /// <summary>
    /// Counts the changes that end all sessions. A session with a lower number has ended, even if it was
    /// stored at the same moment by a sign-in that had not seen the change.
    /// </summary>
    public int SessionVersion { get; private set; }

    /// <summary>The reason of the last such change; null if there was none.</summary>
    public string? SessionVersionReason { get; private set; }

    /// <summary>Counts the changes that make known devices unknown.</summary>
    public int DeviceEpoch { get; private set; }

    /// <summary>
    /// Counts the changes of password, address and factors, after which earlier mailed links and codes are no longer valid.
    /// </summary>
    public int FlowEpoch { get; private set; }

    /// <summary>Whether the user was invited and has not set a password yet.</summary>
    public bool IsInvited { get; private set; }

    /// <summary>The version of access tokens issued now (claim <c>ver</c>).</summary>
    public AccessVersion AccessVersion =>
        new(TokenVersion, _roles.Count == 0 ? 0 : _roles.Max(role => role.PermissionsVersion));

    /// <summary>When the account was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the user last signed in; null if never.</summary>
    public DateTimeOffset? LastSignInAt { get; private set; }

    /// <summary>The roles of the user.</summary>
    public IReadOnlyList<Role> Roles => _roles;

    /// <inheritdoc/>
    public IReadOnlyList<Revocation> Revocations => _revocations;

    /// <summary>Whether the account may be used.</summary>
    public bool IsActive => Status == UserStatus.Active;

    /// <summary>Whether the user is an administrator.</summary>
    public bool IsAdministrator => _roles.Exists(role => role.IsAdministrator);

    /// <summary>The names of the roles, in alphabetical order.</summary>
    public IReadOnlyList<string> RoleNames => [.. _roles.Select(role => role.Name).Order(StringComparer.Ordinal)];

    /// <summary>The distinct permissions of all roles, in alphabetical order.</summary>
    public IReadOnlyList<string> EffectivePermissions =>
        [.. _roles.SelectMany(role => role.Permissions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Returns what the user may do to others.</summary>
    public Actor AsActor() => new(Id, IsAdministrator, EffectivePermissions);

    /// <summary>Creates an account.</summary>
    public static User Register(
        EmailAddress email,
        string passwordHash,
        string? displayName,
        Role role,
        DateTimeOffset now
    )
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            Email = email,
            PasswordHash = passwordHash,
            DisplayName = displayName,
            Status = UserStatus.Active,
            TokenVersion = 1,
            SessionVersion = 1,
            CreatedAt = now,
        };
        user._roles.Add(role);
        return user;
    }

    /// <summary>Creates an account whose owner sets the password with the link of an invitation.</summary>
    public static User Invite(EmailAddress email, string? displayName, IEnumerable<Role> roles, DateTimeOffset now)
    {
        var user = Import(email, emailConfirmed: false, passwordHash: null, displayName, roles, now);
        user.IsInvited = true;
        return user;
    }

    /// <summary>Imports an account, together with the hash of its password.</summary>
    /// <param name="email">The address to sign in with.</param>
    /// <param name="emailConfirmed">Whether the user has confirmed the address.</param>
    /// <param name="passwordHash">The hash of the password; null for none.</param>
    /// <param name="displayName">The display name.</param>
    /// <param name="roles">The roles.</param>
    /// <param name="now">The current time.</param>
    /// <param name="id">The id to keep; null for a new one.</param>
    /// <param name="createdAt">When the account was created; null for now.</param>
    /// <param name="isDisabled">Whether the account is disabled.</param>
    public static User Import(
        EmailAddress email,
        bool emailConfirmed,
        string? passwordHash,
        string? displayName,
        IEnumerable<Role> roles,
        DateTimeOffset now,
        Guid? id = null,
        DateTimeOffset? createdAt = null,
        bool isDisabled = false
    )
    {
        var user = new User
        {
            Id = id ?? Guid.CreateVersion7(now),
            Email = email,
            EmailConfirmed = emailConfirmed,
            PasswordHash = passwordHash ?? "",
            DisplayName = displayName,
            Status = isDisabled ? UserStatus.Disabled : UserStatus.Active,
            TokenVersion = 1,
            CreatedAt = createdAt?.ToUniversalTime() ?? now, // databases have no other time zone
        };
        user._roles.AddRange(roles);
        return user;
    }

    /// <summary>Invites an imported user without a password to set one.</summary>
    public void Invite() => IsInvited = !HasPassword;

    /// <summary>Records a sign-in.</summary>
    public void SignIn(DateTimeOffset now) => LastSignInAt = now;

    /// <summary>Changes the display name.</summary>
    public void Rename(string? displayName) => DisplayName = displayName;

    /// <summary>
    /// Replaces the password: earlier access tokens and sessions are no longer valid, and known devices are forgotten:
    /// a device that signed in with the old password no longer has its own failure count.
    /// </summary>
    public void ChangePassword(string passwordHash, DateTimeOffset now)
    {
        PasswordHash = passwordHash;
        IsInvited = false;
        DeviceEpoch++;
        FlowEpoch++;
        EndSessions(RevocationReasons.PasswordChanged, now);
    }

    /// <summary>
    /// Replaces the password for somebody who reads the mailbox, which confirms the address. If it had never been confirmed,
    /// somebody else may have set the old password: nothing that was set before the proof remains.
    /// </summary>
    public void ResetPassword(string passwordHash, DateTimeOffset now)
    {
        EmailConfirmed = true;
        ChangePassword(passwordHash, now);
    }

    /// <summary>Sets the first password of an invited user, who thereby confirms the address.</summary>
    public void AcceptInvitation(string passwordHash, string? displayName, DateTimeOffset now)
    {
        DisplayName = displayName ?? DisplayName;
        ResetPassword(passwordHash, now);
    }

    /// <summary>Confirms the address.</summary>
    /// <returns>Whether it was unconfirmed until now.</returns>
    public bool ConfirmEmail()
    {
        var wasUnconfirmed = !EmailConfirmed;
        EmailConfirmed = true;
        return wasUnconfirmed;
    }

    /// <summary>Replaces the address with one that has been confirmed. Sessions continue after their next refresh.</summary>
    public void ChangeEmail(EmailAddress email, DateTimeOffset now)
    {
        Email = email;
        EmailConfirmed = true;
        FlowEpoch++;
        RaiseTokenVersion(RevocationReasons.EmailChanged, now);
    }

    /// <summary>Restores an earlier address as it was, and ends all sessions: somebody else may have replaced it.</summary>
    public void RestoreEmail(EmailAddress email, bool wasConfirmed, DateTimeOffset now)
    {
        Email = email;
        EmailConfirmed = wasConfirmed;
        FlowEpoch++;
        EndSessions(RevocationReasons.EmailChangeUndone, now);
    }

    /// <summary>
    /// Replaces the hash with another one of the same password, unless the stored hash has been replaced
    /// since the password was compared with it.
    /// </summary>
    public void RehashPassword(string comparedHash, string passwordHash)
    {
        if (PasswordHash == comparedHash)
        {
            PasswordHash = passwordHash;
        }
    }

    /// <summary>Replaces the roles; if they differ, earlier access tokens are no longer valid.</summary>
    /// <returns>Whether the roles differ.</returns>
    public bool ChangeRoles(IReadOnlyCollection<Role> roles, DateTimeOffset now)
    {
        if (roles.Count == _roles.Count && roles.All(role => _roles.Contains(role)))
        {
            return false;
        }

        _roles.RemoveAll(role => !roles.Contains(role));
        _roles.AddRange(roles.Except(_roles).ToList());
        RaiseTokenVersion(RevocationReasons.RolesChanged, now);
        return true;
    }

    /// <summary>Records that the factors have changed: earlier access tokens and open sign-ins are no longer valid.</summary>
    /// <param name="hasSecondFactor">Whether any is left.</param>
    /// <param name="now">The current time.</param>
    public void ChangeFactors(bool hasSecondFactor, DateTimeOffset now)
    {
        HasSecondFactor = hasSecondFactor;
        FlowEpoch++;
        RaiseTokenVersion(RevocationReasons.FactorsChanged, now);
    }

    /// <summary>Records that the user was imported with a factor. There are no tokens yet.</summary>
    public void ImportFactor() => HasSecondFactor = true;

    /// <summary>Records that the recovery codes were replaced, so that two requests at once do not both replace them.</summary>
    public void ReplaceRecoveryCodes() => FlowEpoch++;

    /// <summary>Disables the account: its access tokens and sessions are no longer valid.</summary>
    /// <returns>Whether it was enabled before.</returns>
    public bool Disable(DateTimeOffset now)
    {
        if (!IsActive)
        {
            return false;
        }

        Status = UserStatus.Disabled;
        EndSessions(RevocationReasons.UserDisabled, now);
        return true;
    }

    /// <summary>Enables the account; its sessions remain ended.</summary>
    /// <returns>Whether it was disabled before.</returns>
    public bool Enable()
    {
        var wasDisabled = !IsActive;
        Status = UserStatus.Active;
        return wasDisabled;
    }

    /// <summary>Revokes all access tokens, because the account is about to be deleted.</summary>
    public void Delete(DateTimeOffset now) => RaiseTokenVersion(RevocationReasons.UserDeleted, now);

    private void EndSessions(string reason, DateTimeOffset now)
    {
        SessionVersion++;
        SessionVersionReason = reason;
        RaiseTokenVersion(reason, now);
    }

    private void RaiseTokenVersion(string reason, DateTimeOffset now)
    {
        if (TokenVersion == AccessVersion.MaxOfUser)
        {
            throw new InvalidOperationException("The token version of the user cannot be incremented any further.");
        }

        TokenVersion++;
        _revocations.Add(Revocation.OfUser(Id, TokenVersion, reason, now));
    }
}
