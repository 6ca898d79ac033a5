namespace Auth.Api.Importing;

/// <summary>The format of a file of users.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Read">Reads a user; throws <see cref="MemberException"/> if it is invalid.</param>
internal sealed record UserFormat(string Name, Func<SourceRecord, DateTimeOffset, SourceUser> Read)
{
    /// <summary>Our own format.</summary>
    public static UserFormat Native { get; } = NativeFormat.Create();

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

    /// <summary>The member that contains the users, in files that are one JSON object.</summary>
    public string? ListMember { get; init; }

    /// <summary>Members that only files of this format have, to suggest it where another one was chosen.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>
    /// Whether a JSON array may be the output of SQL Server's FOR JSON: split into rows of 2,033 characters, even within a string,
    /// perhaps below a column header.
    /// </summary>
    public bool IsForJson { get; init; }

    /// <summary>The required column, if a file may be CSV with a header; otherwise null.</summary>
    public string? CsvColumn { get; init; }

    /// <summary>The names of members in the file, where they differ from our own format.</summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    /// <summary>Finds a format by its name, in any case.</summary>
    public static UserFormat? Find(string name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the name in the file of a member of our own format.</summary>
    public string MemberNameOf(string member) => Members.GetValueOrDefault(member, member);
}
