using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>The table auth.users of Supabase, as CSV with a header, a JSON array, or one object per line.</summary>
internal static class SupabaseFormat
{
    public static UserFormat Create() =>
        new("supabase", Read)
        {
            CsvColumn = "email",
            Marks = ["encrypted_password", "email_confirmed_at"],
            Members = new Dictionary<string, string>
            {
                ["passwordHash"] = "encrypted_password",
                ["displayName"] = "raw_user_meta_data",
                ["createdAt"] = "created_at",
            },
        };

    private static SourceUser Read(SourceRecord user, DateTimeOffset now)
    {
        if (user.Instant("deleted_at") is not null)
        {
            return SourceUser.Skip("deleted");
        }

        if (user.Flag("is_anonymous") == true)
        {
            return SourceUser.Skip("anonymous");
        }

        var name = user.Object("raw_user_meta_data")?.FirstNonBlank("display_name", "full_name", "name");
        return SourceUser.From(
            user.Identifier("id"),
            SourcePassword.FromText(user.NonBlank("encrypted_password")),
            new UserImport(user.Number, user.NonBlank("email"))
            {
                DisplayName = name?.Value,
                EmailConfirmed = user.Instant("email_confirmed_at") is not null,
                IsDisabled = user.Instant("banned_until") > now,
                CreatedAt = user.Instant("created_at"),
            }
        ) with
        {
            DisplayNameMember = name?.Member,
        };
    }
}
