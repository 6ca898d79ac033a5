namespace Auth.Domain.Users;

/// <summary>
/// The version of the data in an access token (claim <c>ver</c>): one number made of two, the user's own token version and, in
/// front of it, the highest number of a change of permissions among their roles.
/// </summary>
/// <remarks>
/// The two are compared separately. So a change of a role is one row and one revocation, however many users have it, and
/// every token issued before can be told from those issued after.
/// </remarks>
/// <param name="OfUser"><see cref="User.TokenVersion"/>.</param>
/// <param name="OfRoles">The highest <see cref="Roles.Role.PermissionsVersion"/>.</param>
public readonly record struct AccessVersion(int OfUser, int OfRoles)
{
    /// <summary>The highest version of a user: about a million changes.</summary>
    public const int MaxOfUser = (1 << UserBits) - 1;

    /// <summary>The highest number of a version; as a number of JavaScript it is still exact.</summary>
    public const long MaxValue = ((long)int.MaxValue << UserBits) | MaxOfUser;

    private const int UserBits = 20;

    /// <summary>The version as one number.</summary>
    public long Value => ((long)OfRoles << UserBits) | (uint)OfUser;

    /// <summary>Reads a version from its number.</summary>
    public static AccessVersion From(long value) => new((int)(value & MaxOfUser), (int)(value >> UserBits));
}
