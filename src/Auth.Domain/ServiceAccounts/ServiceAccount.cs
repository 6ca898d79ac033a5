using System.Text;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.Users;

namespace Auth.Domain.ServiceAccounts;

/// <summary>A program with roles, which gets access tokens with a secret (RFC 6749 §4.4).</summary>
public sealed class ServiceAccount : IRevocationSource
{
    /// <summary>The maximum length of a name, in characters.</summary>
    public const int NameMaxLength = 100;

    /// <summary>The maximum length of a normalized name, in UTF-16 code units: compatibility forms may expand.</summary>
    public const int NormalizedNameMaxLength = 400;

    /// <summary>The maximum length of a description, in characters.</summary>
    public const int DescriptionMaxLength = Role.DescriptionMaxLength;

    /// <summary>The maximum number of secrets that have not expired: an old one and its successor.</summary>
    public const int MaxSecrets = 2;

    /// <summary>How precisely the last use is recorded. Otherwise every token would write to the same rows.</summary>
    public static readonly TimeSpan UsePrecision = TimeSpan.FromMinutes(1);

    private readonly List<Role> _roles = [];
    private readonly List<ServiceSecret> _secrets = [];
    private readonly List<Revocation> _revocations = [];

    private ServiceAccount() { }

    /// <summary>A version 7 UUID, which is also the client id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The name as written.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>The unique text by which names are compared.</summary>
    public string NormalizedName { get; private set; } = null!;

    /// <summary>The purpose of the account.</summary>
    public string? Description { get; private set; }

    /// <summary>Whether the account may be used.</summary>
    public ServiceAccountStatus Status { get; private set; }

    /// <summary>Counts the changes that revoke earlier access tokens (claim <c>ver</c>).</summary>
    public int TokenVersion { get; private set; }

    /// <summary>Counts all changes. Of two concurrent ones, the second has to read again.</summary>
    public int Version { get; private set; }

    /// <summary>When the account was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it last authenticated, to within <see cref="UsePrecision"/>; null if never.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>The roles of the account.</summary>
    public IReadOnlyList<Role> Roles => _roles;

    /// <summary>The secrets, including ones that have expired.</summary>
    public IReadOnlyList<ServiceSecret> Secrets => _secrets;

    /// <inheritdoc/>
    public IReadOnlyList<Revocation> Revocations => _revocations;

    /// <summary>Whether the account may be used.</summary>
    public bool IsActive => Status == ServiceAccountStatus.Active;

    /// <summary>The version of access tokens issued now (claim <c>ver</c>).</summary>
    public AccessVersion AccessVersion =>
        new(TokenVersion, _roles.Count == 0 ? 0 : _roles.Max(role => role.PermissionsVersion));

    /// <summary>The names of the roles, in alphabetical order.</summary>
    public IReadOnlyList<string> RoleNames => [.. _roles.Select(role => role.Name).Order(StringComparer.Ordinal)];

    /// <summary>The distinct permissions of all roles, in alphabetical order.</summary>
    public IReadOnlyList<string> EffectivePermissions =>
        [.. _roles.SelectMany(role => role.Permissions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Normalizes a name for comparison: case and compatibility forms do not matter.</summary>
    public static string Normalize(string name) => CaseFolding.Fold(name.Trim(), sharpS: "ss");

    /// <summary>Creates an account without a secret.</summary>
    public static ServiceAccount Create(ServiceAccountData data, IEnumerable<Role> roles, DateTimeOffset now)
    {
        var account = new ServiceAccount
        {
            Id = Guid.CreateVersion7(now),
            Status = data.Status ?? ServiceAccountStatus.Active,
            TokenVersion = 1,
            Version = 1,
            CreatedAt = now,
        };
        account.Describe(data);
        account._roles.AddRange(roles);
        return account;
    }

    /// <summary>Replaces name, description, roles and status. Other roles, or disabling the account, revoke its access tokens.</summary>
    /// <returns>Whether anything differs.</returns>
    public bool Replace(ServiceAccountData data, IReadOnlyCollection<Role> roles, DateTimeOffset now)
    {
        var keepsRoles = roles.Count == _roles.Count && roles.All(_roles.Contains);
        var status = data.Status ?? Status;
        if (keepsRoles && status == Status && data.Name.Trim() == Name && data.Description == Description)
        {
            return false;
        }

        Version++;
        Describe(data);
        if (!keepsRoles)
        {
            _roles.RemoveAll(role => !roles.Contains(role));
            _roles.AddRange(roles.Except(_roles).ToList());
            RaiseTokenVersion(RevocationReasons.RolesChanged, now);
        }

        if (status != Status)
        {
            Status = status;
            if (!IsActive)
            {
                RaiseTokenVersion(RevocationReasons.UserDisabled, now);
            }
        }

        return true;
    }

    /// <summary>Adds a secret.</summary>
    /// <param name="expiresAt">When it expires; null for never.</param>
    /// <param name="now">The current time.</param>
    /// <returns>The secret, which is shown once, or an error.</returns>
    public Result<NewServiceSecret> AddSecret(DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (expiresAt <= now)
        {
            return ServiceAccountErrors.ExpiresInThePast();
        }

        if (_secrets.Count(secret => secret.IsAliveAt(now)) >= MaxSecrets)
        {
            return ServiceAccountErrors.SecretLimitReached;
        }

        var text = ClientSecret.Create();
        var secret = ServiceSecret.Create(Id, text, expiresAt, now);
        _secrets.Add(secret);
        Version++;
        return new NewServiceSecret(secret, text);
    }

    /// <summary>Counts that a secret is removed, which the repository does.</summary>
    public void RecordRemovedSecret() => Version++;

    /// <summary>Finds the secret with which the account authenticates.</summary>
    /// <returns>Null if there is none, it has expired, or the account is disabled.</returns>
    public ServiceSecret? FindSecret(ClientSecret secret, DateTimeOffset now)
    {
        // Compares all of them, so that the time does not reveal which one matches.
        var hash = secret.ComputeHash();
        ServiceSecret? found = null;
        foreach (var candidate in _secrets)
        {
            if (candidate.Matches(hash) & candidate.IsAliveAt(now) & IsActive)
            {
                found = candidate;
            }
        }

        return found;
    }

    /// <summary>Records a use of a secret, unless one has been recorded recently.</summary>
    /// <returns>Whether there is anything to save.</returns>
    public bool Use(ServiceSecret secret, DateTimeOffset now)
    {
        if (secret.LastUsedAt is { } last && now - last < UsePrecision)
        {
            return false;
        }

        LastUsedAt = now;
        secret.Use(now);
        return true;
    }

    /// <summary>Revokes all access tokens, because the account is about to be deleted.</summary>
    public void Delete(DateTimeOffset now)
    {
        Version++;
        RaiseTokenVersion(RevocationReasons.UserDeleted, now);
    }

    /// <summary>Whether a caller may change the account: only if they may grant all of its roles.</summary>
    public bool MayBeChangedBy(Actor actor) => _roles.TrueForAll(actor.MayGrant);

    /// <summary>Returns what the account may do, if it acts on others.</summary>
    /// <param name="scope">The permissions that its access token is limited to; null for no limit.</param>
    public Actor AsActor(IReadOnlyCollection<string>? scope)
    {
        var all = EffectivePermissions;
        var permissions = scope is null ? all : [.. all.Intersect(scope, StringComparer.Ordinal)];
        return new(Id, _roles.Exists(role => role.IsAdministrator) && permissions.Count == all.Count, permissions);
    }

    private void Describe(ServiceAccountData data)
    {
        Name = data.Name.Trim().Normalize(NormalizationForm.FormC);
        NormalizedName = Normalize(data.Name);
        Description = data.Description;
    }

    private void RaiseTokenVersion(string reason, DateTimeOffset now)
    {
        if (TokenVersion == AccessVersion.MaxOfUser)
        {
            throw new InvalidOperationException("The token version of the account cannot be incremented any further.");
        }

        TokenVersion++;
        _revocations.Add(Revocation.OfUser(Id, TokenVersion, reason, now));
    }
}

/// <summary>What administrators set of a service account, besides its roles.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">The purpose.</param>
/// <param name="Status">The status; null to keep it.</param>
public sealed record ServiceAccountData(string Name, string? Description, ServiceAccountStatus? Status);

/// <summary>A secret that has just been added.</summary>
/// <param name="Secret">What is stored of it.</param>
/// <param name="Text">The secret itself.</param>
public sealed record NewServiceSecret(ServiceSecret Secret, ClientSecret Text);
