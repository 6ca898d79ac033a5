using System.Text;
using Auth.Domain.Revocations;

namespace Auth.Domain.Roles;

/// <summary>A named set of permissions that users can be given.</summary>
public sealed class Role : IRevocationSource
{
    /// <summary>The longest description, in characters.</summary>
    public const int DescriptionMaxLength = 200;

    /// <summary>The most permissions that a role can have.</summary>
    public const int MaxPermissions = 100;

    /// <summary>The largest total size of a user's roles, in bytes: an access token has at most 8 KiB.</summary>
    public const int MaxTokenSize = 4000;

    /// <summary>The quotes and the comma around a text in a token.</summary>
    private const int TokenPunctuation = 3;

    /// <summary>The role that new users get unless configured otherwise.</summary>
    public const string Viewer = "viewer";

    /// <summary>The role that may see users and roles.</summary>
    public const string Editor = "editor";

    /// <summary>The role that may do everything and cannot be changed.</summary>
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

    /// <summary>The name as it was given, which tokens carry.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>The unique text that names are compared by. The database computes it, also for roles of earlier versions.</summary>
    public string NormalizedName { get; private set; } = null!;

    /// <summary>What the role is for.</summary>
    public string? Description { get; private set; }

    /// <summary>Whether the role is built in and cannot be deleted.</summary>
    public bool IsSystem { get; private set; }

    /// <summary>
    /// Counts the changes of the role and, for the administrators' role, of who loses it: two such changes compete, and
    /// the second to save has to read again.
    /// </summary>
    public int Version { get; private set; }

    /// <summary>
    /// The number, among all changes of roles, of the last one of this role's permissions; 0 while they are what the role
    /// was created with. Access tokens carry the highest of their roles, so that one that names this role and carries a
    /// lower number is known to be older than the change.
    /// </summary>
    public int PermissionsVersion { get; private set; }

    /// <summary>How many bytes the role and its permissions take up in an access token.</summary>
    public int TokenSize { get; private set; }

    /// <summary>What users with this role may do.</summary>
    public IReadOnlyList<string> Permissions => _permissions;

    /// <summary>The normalized name; null where it is the name itself, as in all names of earlier versions.</summary>
    private string? FoldedName { get; set; }

    /// <summary>Whether this is the administrators' role.</summary>
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
        role.Hold(permissions);
        return role;
    }

    /// <summary>Creates a role.</summary>
    /// <param name="name">The name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="permissions">What it permits.</param>
    /// <param name="number">The number of this change of roles (<see cref="NumberChange"/>): a role of the same name may have been deleted before.</param>
    /// <param name="now">The time.</param>
    public static Role Create(
        RoleName name,
        string? description,
        IEnumerable<string> permissions,
        int number,
        DateTimeOffset now
    )
    {
        var role = new Role(name, description, now) { PermissionsVersion = number };
        role.Hold(permissions);
        return role;
    }

    /// <summary>How many bytes a role takes up in an access token.</summary>
    public static int TokenSizeOf(string name, IEnumerable<string> permissions) =>
        permissions.Append(name).Sum(text => Encoding.UTF8.GetByteCount(text) + TokenPunctuation);

    /// <summary>Whether the role permits exactly this.</summary>
    public bool Permits(IReadOnlyCollection<string> permissions) =>
        _permissions.ToHashSet(StringComparer.Ordinal).SetEquals(permissions);

    /// <summary>Changes what the role is for.</summary>
    public void Describe(string? description)
    {
        Description = description;
        Version++;
    }

    /// <summary>Replaces the permissions: access tokens that name the role and were issued before are no longer valid.</summary>
    /// <param name="permissions">What the role permits from now on.</param>
    /// <param name="number">The number of this change of roles (<see cref="NumberChange"/>).</param>
    /// <param name="now">The time.</param>
    public void Permit(IEnumerable<string> permissions, int number, DateTimeOffset now)
    {
        Hold(permissions);
        Version++;
        PermissionsVersion = number;
        _revocations.Add(Revocation.OfRole(Id, Name, number, now));
    }

    /// <summary>
    /// Numbers a change of roles. The administrators' role, which is always there, keeps the count: of two changes at the
    /// same moment the second has to read again, so the numbers grow in the order of the commits.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is another role.</exception>
    public int NumberChange() =>
        IsAdministrator
            ? ++Version
            : throw new InvalidOperationException($"The role '{Name}' does not keep the count.");

    /// <summary>
    /// Notes that a user loses this role. Without it two administrators who remove each other at the same moment would
    /// both find the other one still there.
    /// </summary>
    public void NoteRemovedHolder() => Version++;

    private void Hold(IEnumerable<string> permissions)
    {
        var held = permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        _permissions.Clear();
        _permissions.AddRange(held);
        TokenSize = TokenSizeOf(Name, held);
    }
}
