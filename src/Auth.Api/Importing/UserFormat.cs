namespace Auth.Api.Importing;

/// <summary>What a file with users looks like.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Read">Reads a user; throws <see cref="MemberException"/> if they are not as they should be.</param>
internal sealed record UserFormat(string Name, Func<SourceRecord, DateTimeOffset, SourceUser> Read)
{
    /// <summary>Our own format.</summary>
    public static UserFormat Native { get; } = NativeFormat.Create();

    /// <summary>All formats.</summary>
    public static IReadOnlyList<UserFormat> All { get; } =
    [
        Native,
        IdentityFormat.Create(),
        KeycloakFormat.Create(),
        Auth0Format.Create(),
        SupabaseFormat.Create(),
        DjangoFormat.Create(),
        FirebaseFormat.Create(),
    ];

    /// <summary>In files that are one JSON object, the member that has the users.</summary>
    public string? ListMember { get; init; }

    /// <summary>Whether a JSON array may be broken into lines anywhere, also inside a string.</summary>
    public bool JoinsLines { get; init; }

    /// <summary>Whether a file may be CSV with a header, and the column that it must have.</summary>
    public string? CsvColumn { get; init; }

    /// <summary>The names of members in the file, where they are not those of our own format.</summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    /// <summary>How the file calls a member of our own format.</summary>
    public string MemberNameOf(string member) => Members.GetValueOrDefault(member, member);
}
