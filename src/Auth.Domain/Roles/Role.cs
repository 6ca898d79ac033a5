using System.Text.RegularExpressions;

namespace Auth.Domain.Roles;

/// <summary>A named set of permissions that users can be given.</summary>
public sealed partial class Role
{
    /// <summary>The longest role name, in characters.</summary>
    public const int NameMaxLength = 64;

    /// <summary>The longest description, in characters.</summary>
    public const int DescriptionMaxLength = 200;

    /// <summary>The role that new users get unless configured otherwise.</summary>
    public const string Viewer = "viewer";

    /// <summary>The role that may see users and roles.</summary>
    public const string Editor = "editor";

    /// <summary>The role that may do everything and cannot be changed.</summary>
    public const string Admin = "admin";

    private readonly List<string> _permissions = [];

    private Role() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>The unique name, <c>[a-z][a-z0-9._-]{1,63}</c>.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>What the role is for.</summary>
    public string? Description { get; private set; }

    /// <summary>Whether the role came with the service and cannot be deleted.</summary>
    public bool IsSystem { get; private set; }

    /// <summary>
    /// Counts the changes of the role and, for the administrators' role, of who loses it: two such changes compete, and
    /// whoever saves second has to read again.
    /// </summary>
    public int Version { get; private set; }

    /// <summary>What users with this role may do.</summary>
    public IReadOnlyList<string> Permissions => _permissions;

    /// <summary>Whether this is the administrators' role.</summary>
    public bool IsAdministrator => Name == Admin;

    /// <summary>Makes a role that comes with the service.</summary>
    public static Role CreateSystem(
        string name,
        string description,
        IEnumerable<string> permissions,
        DateTimeOffset now
    )
    {
        var role = new Role
        {
            Id = Guid.CreateVersion7(now),
            Name = name,
            Description = description,
            IsSystem = true,
        };
        role._permissions.AddRange(permissions.Order(StringComparer.Ordinal));
        return role;
    }

    /// <summary>Whether a text can be the name of a role.</summary>
    public static bool IsValidName(string name) => NameForm().IsMatch(name);

    /// <summary>
    /// Notes that a user loses this role. Without it two administrators who remove each other at the same moment would
    /// both find the other one still there.
    /// </summary>
    public void NoteRemovedHolder() => Version++;

    [GeneratedRegex(@"\A[a-z][a-z0-9._-]{1,63}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NameForm();
}
