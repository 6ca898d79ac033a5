using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>A user as read from a file.</summary>
internal sealed record SourceUser
{
    /// <summary>The id in the other system.</summary>
    public string? OldId { get; init; }

    /// <summary>The user to import; null if the record is skipped.</summary>
    public UserImport? Import { get; init; }

    /// <summary>Why the user has no password; null otherwise.</summary>
    public string? MissingPassword { get; init; }

    /// <summary>Whether control characters in the display name were replaced.</summary>
    public bool IsNameCleaned { get; init; }

    /// <summary>The member with the address, if it is not always the same one.</summary>
    public string? EmailMember { get; init; }

    /// <summary>The member with the display name, if it is not always the same one.</summary>
    public string? DisplayNameMember { get; init; }

    /// <summary>The member with the password hash, if it is not always the same one.</summary>
    public string? PasswordHashMember { get; init; }

    /// <summary>Why the record is skipped; null otherwise.</summary>
    public string? SkipReason { get; init; }

    /// <summary>Creates a record to skip.</summary>
    public static SourceUser Skip(string reason) => new() { SkipReason = reason };

    /// <summary>Creates a user.</summary>
    /// <param name="oldId">The id in the other system, kept if it is a UUID.</param>
    /// <param name="password">The password.</param>
    /// <param name="import">The other data.</param>
    public static SourceUser From(string? oldId, SourcePassword password, UserImport import)
    {
        var name = Names.Clean(import.DisplayName);
        return new()
        {
            OldId = oldId,
            MissingPassword = password.MissingReason,
            IsNameCleaned = name != import.DisplayName,
            Import = import with { Id = Uuid(oldId), PasswordHash = password.Hash, DisplayName = name },
        };
    }

    /// <summary>Returns the member of the file that a member of our own format was read from; null for the usual one.</summary>
    public string? MemberNameOf(string member) =>
        member switch
        {
            "email" => EmailMember,
            "displayName" => DisplayNameMember,
            "passwordHash" => PasswordHashMember,
            _ => null,
        };

    public override string ToString() => nameof(SourceUser);

    // The nil UUID means no id.
    private static Guid? Uuid(string? text) =>
        Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty ? id : null;
}
