namespace Auth.Domain.Users;

/// <summary>
/// The version of the data in an access token (claim <c>ver</c>): one number that combines the user's own token version and, in
/// front of it, the highest permissions version of their roles.
/// </summary>
/// <remarks>
/// The two are compared separately. A role change is therefore one row and one revocation, however many users have it, and
/// tokens issued before it can be distinguished from later ones.
/// </remarks>
/// <param name="OfUser"><see cref="User.TokenVersion"/>.</param>
/// <param name="OfRoles">The highest <see cref="Roles.Role.PermissionsVersion"/>.</param>
public readonly record struct AccessVersion(int OfUser, int OfRoles)
{
    /// <summary>The maximum token version of a user: about a million changes.</summary>
    public const int MaxOfUser = (1 << UserBits) - 1;

    /// <summary>The maximum combined number, which JavaScript can still represent exactly.</summary>
    public const long MaxValue = ((long)int.MaxValue << UserBits) | MaxOfUser;

    private const int UserBits = 20;

    /// <summary>The version as one number.</summary>
    public long Value => ((long)OfRoles << UserBits) | (uint)OfUser;

    /// <summary>Whether tokens of this version are revoked by a later one.</summary>
    public bool IsOlderThan(AccessVersion current) => OfUser < current.OfUser || OfRoles < current.OfRoles;

    /// <summary>Reads a version from its number.</summary>
    public static AccessVersion From(long value) => new((int)(value & MaxOfUser), (int)(value >> UserBits));
}
