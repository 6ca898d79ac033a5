using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>The table AspNetUsers of ASP.NET Core Identity: a JSON array, SQL Server's FOR JSON, or one object per line.</summary>
internal static class IdentityFormat
{
    // Identity uses the same lockout for mistyped passwords, which ends within minutes, and for bans. Only the latter
    // disable a user here.
    private static readonly TimeSpan s_longestMistake = TimeSpan.FromDays(1);

    public static UserFormat Create() =>
        new("identity", Read)
        {
            JoinsLines = true, // FOR JSON splits its output into rows of 2,033 characters
            Members = new Dictionary<string, string>
            {
                ["id"] = "Id",
                ["email"] = "Email",
                ["passwordHash"] = "PasswordHash",
                ["displayName"] = "DisplayName",
                ["createdAt"] = "CreatedAt",
            },
        };

    private static SourceUser Read(SourceRecord user, DateTimeOffset now) =>
        SourceUser.From(
            user.Identifier("Id"),
            user.NonBlank("PasswordHash") is { } hash ? SourcePassword.From(hash) : SourcePassword.None,
            new UserImport(user.Number, user.NonBlank("Email") ?? user.NonBlank("UserName"))
            {
                DisplayName = user.NonBlank("DisplayName"),
                EmailConfirmed = user.Flag("EmailConfirmed") ?? false,
                IsDisabled =
                    user.Flag("LockoutEnabled") != false && user.Instant("LockoutEnd") - now > s_longestMistake,
                CreatedAt = user.Instant("CreatedAt"),
            }
        );
}
