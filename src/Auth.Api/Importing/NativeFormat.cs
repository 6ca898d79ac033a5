using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>Our own format: one JSON object per line.</summary>
internal static class NativeFormat
{
    private const int MaxShownName = 64;

    private static readonly string[] s_members =
    [
        "id",
        "email",
        "passwordHash",
        "displayName",
        "roles",
        "emailConfirmed",
        "disabled",
        "createdAt",
        "totpSecret",
    ];

    public static UserFormat Create() => new("native", Read);

    private static SourceUser Read(SourceRecord user, DateTimeOffset now)
    {
        // A misspelled property would otherwise be ignored silently.
        if (user.Names.FirstOrDefault(name => !s_members.Contains(name)) is { } unknown)
        {
            throw new MemberException(Printable(unknown), "Unknown property.");
        }

        return SourceUser.From(
            user.Identifier("id"),
            SourcePassword.FromText(user.Text("passwordHash")),
            new UserImport(user.Number, user.Text("email"))
            {
                DisplayName = user.Text("displayName"),
                Roles = user.Texts("roles"),
                EmailConfirmed = user.Flag("emailConfirmed") ?? false,
                IsDisabled = user.Flag("disabled") ?? false,
                CreatedAt = user.Instant("createdAt"),
                TotpSecret = user.Text("totpSecret"),
            }
        );
    }

    private static string Printable(string name) =>
        name.Length is > 0 and <= MaxShownName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? name
            : "unknown";
}
