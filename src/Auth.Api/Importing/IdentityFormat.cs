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
            IsForJson = true,
            Marks = ["PasswordHash", "NormalizedEmail", "UserName"],
            Members = new Dictionary<string, string>
            {
                ["id"] = "Id",
                ["email"] = "Email",
                ["passwordHash"] = "PasswordHash",
                ["displayName"] = "DisplayName",
                ["createdAt"] = "CreatedAt",
            },
        };

    private static SourceUser Read(SourceRecord user, DateTimeOffset now)
    {
        var email = user.FirstNonBlank("Email", "UserName");
        return SourceUser.From(
            user.Identifier("Id"),
            SourcePassword.FromText(user.NonBlank("PasswordHash")),
            new UserImport(user.Number, email?.Value)
            {
                DisplayName = user.NonBlank("DisplayName"),
                EmailConfirmed = user.Flag("EmailConfirmed") ?? false,
                IsDisabled =
                    user.Flag("LockoutEnabled") != false && user.Instant("LockoutEnd") - now > s_longestMistake,
                CreatedAt = user.Instant("CreatedAt"),
            }
        ) with
        {
            EmailMember = email?.Member,
        };
    }
}
