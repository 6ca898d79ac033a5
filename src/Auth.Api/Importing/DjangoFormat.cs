using System.Text;
using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>The output of Django's <c>dumpdata auth.user</c> as json or jsonl, also for a custom user model.</summary>
internal static class DjangoFormat
{
    public static UserFormat Create() =>
        new("django", Read)
        {
            Members = new Dictionary<string, string>
            {
                ["id"] = "pk",
                ["email"] = "fields.email",
                ["passwordHash"] = "fields.password",
                ["displayName"] = "fields.first_name, last_name",
                ["createdAt"] = "fields.date_joined",
            },
        };

    private static SourceUser Read(SourceRecord item, DateTimeOffset now)
    {
        if (item.Object("fields") is not { } user || user.Text("password") is not { } password)
        {
            return SourceUser.Skip("not a user");
        }

        return SourceUser.From(
            item.Identifier("pk"),
            ReadPassword(password),
            new UserImport(item.Number, user.NonBlank("email") ?? user.NonBlank("username"))
            {
                DisplayName = Names.Join(user.NonBlank("first_name"), user.NonBlank("last_name")),
                IsDisabled = user.Flag("is_active") == false,
                CreatedAt = user.Instant("date_joined"),
            }
        );
    }

    /// <summary><c>algorithm$…</c>; an unusable password starts with an exclamation mark.</summary>
    private static SourcePassword ReadPassword(string password) =>
        password.Split('$') switch
        {
            [""] or [['!', ..], ..] => SourcePassword.None,
            ["pbkdf2_sha256", var iterations, var salt, var key] => Pbkdf2("sha256", iterations, salt, key),
            ["pbkdf2_sha1", var iterations, var salt, var key] => Pbkdf2("sha1", iterations, salt, key),
            ["bcrypt", ..] => SourcePassword.From(password["bcrypt$".Length..]),
            ["bcrypt_sha256", ..] => SourcePassword.From("$bcrypt-sha256-hex" + password["bcrypt_sha256$".Length..]),
            [var algorithm, ..] => SourcePassword.Unsupported(algorithm),
            [] => SourcePassword.None,
        };

    // The salt is used as text.
    private static SourcePassword Pbkdf2(string digest, string iterations, string salt, string key) =>
        SourcePassword.FromPbkdf2(digest, iterations, Convert.ToBase64String(Encoding.UTF8.GetBytes(salt)), key);
}
