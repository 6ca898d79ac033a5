using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>The table auth.users of Supabase, as CSV with a header, a JSON array, or one object per line.</summary>
internal static class SupabaseFormat
{
    public static UserFormat Create() =>
        new("supabase", Read)
        {
            CsvColumn = "email",
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

        var profile = user.Object("raw_user_meta_data");
        return SourceUser.From(
            user.Identifier("id"),
            SourcePassword.FromModularText(user.NonBlank("encrypted_password")),
            new UserImport(user.Number, user.NonBlank("email"))
            {
                DisplayName =
                    profile?.NonBlank("display_name") ?? profile?.NonBlank("full_name") ?? profile?.NonBlank("name"),
                EmailConfirmed = user.Instant("email_confirmed_at") is not null,
                IsDisabled = user.Instant("banned_until") > now,
                CreatedAt = user.Instant("created_at"),
            }
        );
    }
}
