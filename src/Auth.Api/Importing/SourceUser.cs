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

    /// <summary>Why the record is skipped; null otherwise.</summary>
    public string? SkipReason { get; init; }

    /// <summary>Creates a record to skip.</summary>
    public static SourceUser Skip(string reason) => new() { SkipReason = reason };

    /// <summary>Creates a user.</summary>
    /// <param name="oldId">The id in the other system, kept if it is a UUID.</param>
    /// <param name="password">The password.</param>
    /// <param name="import">The other data.</param>
    public static SourceUser From(string? oldId, SourcePassword password, UserImport import) =>
        new()
        {
            OldId = oldId,
            MissingPassword = password.MissingReason,
            Import = import with { Id = Uuid(oldId), PasswordHash = password.Hash },
        };

    public override string ToString() => nameof(SourceUser);

    // The nil UUID means no id.
    private static Guid? Uuid(string? text) =>
        Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty ? id : null;
}
