using System.Text;
using Auth.Domain.Revocations;

namespace Auth.Domain.Roles;

/// <summary>A named set of permissions that can be assigned to users.</summary>
public sealed class Role : IRevocationSource
{
    /// <summary>The maximum length of a description, in characters.</summary>
    public const int DescriptionMaxLength = 200;

    /// <summary>The maximum number of permissions of a role.</summary>
    public const int MaxPermissions = 100;

    /// <summary>The maximum total size of a user's roles, in bytes: an access token is at most 8 KiB long.</summary>
    public const int MaxTokenSize = 4000;

    /// <summary>The quotes and the comma around a string in a token.</summary>
    private const int TokenPunctuation = 3;

    /// <summary>The default role of new users.</summary>
    public const string Viewer = "viewer";

    /// <summary>The built-in role that may see users and roles.</summary>
    public const string Editor = "editor";

    /// <summary>The built-in role that may do everything and cannot be changed.</summary>
    public const string Admin = "admin";

    private readonly List<string> _permissions = [];
    private readonly List<Revocation> _revocations = [];

    private Role() { }

    private Role(RoleName name, string? description, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        Name = name.Value;
        NormalizedName = name.Normalized;
        FoldedName = name.Normalized == name.Value ? null : name.Normalized;
        Description = description;
    }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>The name as written, which tokens contain.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>The unique text by which names are compared. The database computes it, also for roles of earlier versions.</summary>
    public string NormalizedName { get; private set; } = null!;

    /// <summary>The purpose of the role.</summary>
    public string? Description { get; private set; }

    /// <summary>Whether the role is built in and cannot be deleted.</summary>
    public bool IsSystem { get; private set; }

    /// <summary>
    /// Counts the changes to the role and, for the role admin, how often a user loses it: of two concurrent changes,
    /// the second one has to read again.
    /// </summary>
    public int Version { get; private set; }

    /// <summary>
    /// The number, among all role changes, of the last change to this role's permissions; 0 if they have not changed since
    /// it was created. Access tokens contain the highest number of their roles, so a token with this role and a
    /// lower number is older than the change.
    /// </summary>
    public int PermissionsVersion { get; private set; }

    /// <summary>The number of bytes that the role and its permissions take up in an access token.</summary>
    public int TokenSize { get; private set; }

    /// <summary>The permissions that the role grants.</summary>
    public IReadOnlyList<string> Permissions => _permissions;

    /// <summary>The normalized name; null if it equals the name, as it does for all names of earlier versions.</summary>
    private string? FoldedName { get; set; }

    /// <summary>Whether this is the role admin.</summary>
    public bool IsAdministrator => Name == Admin;

    /// <inheritdoc/>
    public IReadOnlyList<Revocation> Revocations => _revocations;

    /// <summary>Creates a built-in role.</summary>
    public static Role CreateSystem(
        RoleName name,
        string description,
        IEnumerable<string> permissions,
        DateTimeOffset now
    )
    {
        var role = new Role(name, description, now) { IsSystem = true };
        role.AssignPermissions(permissions);
        return role;
    }

    /// <summary>Creates a role.</summary>
    /// <param name="name">The name.</param>
    /// <param name="description">The purpose.</param>
    /// <param name="permissions">The permissions.</param>
    /// <param name="number">The number of this role change (<see cref="NumberChange"/>): a role with the same name may have been deleted before.</param>
    /// <param name="now">The current time.</param>
    public static Role Create(
        RoleName name,
        string? description,
        IEnumerable<string> permissions,
        int number,
        DateTimeOffset now
    )
    {
        var role = new Role(name, description, now) { PermissionsVersion = number };
        role.AssignPermissions(permissions);
        return role;
    }

    /// <summary>Returns the number of bytes that a role takes up in an access token.</summary>
    public static int TokenSizeOf(string name, IEnumerable<string> permissions) =>
        permissions.Append(name).Sum(text => Encoding.UTF8.GetByteCount(text) + TokenPunctuation);

    /// <summary>Whether the role grants exactly these permissions.</summary>
    public bool Permits(IReadOnlyCollection<string> permissions) =>
        _permissions.ToHashSet(StringComparer.Ordinal).SetEquals(permissions);

    /// <summary>Changes the description.</summary>
    public void Describe(string? description)
    {
        Description = description;
        Version++;
    }

    /// <summary>Replaces the permissions: earlier access tokens that contain the role are no longer valid.</summary>
    /// <param name="permissions">The new permissions.</param>
    /// <param name="number">The number of this role change (<see cref="NumberChange"/>).</param>
    /// <param name="now">The current time.</param>
    public void Permit(IEnumerable<string> permissions, int number, DateTimeOffset now)
    {
        AssignPermissions(permissions);
        Version++;
        PermissionsVersion = number;
        _revocations.Add(Revocation.OfRole(Id, Name, number, now));
    }

    /// <summary>
    /// Numbers a role change. The role admin, which always exists, keeps the count: of two concurrent
    /// changes, the second one has to read again, so the numbers increase in commit order.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is another role.</exception>
    public int NumberChange() =>
        IsAdministrator ? ++Version : throw new InvalidOperationException($"Only the role '{Admin}' numbers changes.");

    /// <summary>
    /// Counts that a user loses this role. Otherwise two administrators who remove each other at the same moment would
    /// each see the other as still present.
    /// </summary>
    public void RecordRemovedHolder() => Version++;

    private void AssignPermissions(IEnumerable<string> permissions)
    {
        var assigned = permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        _permissions.Clear();
        _permissions.AddRange(assigned);
        TokenSize = TokenSizeOf(Name, assigned);
    }
}
