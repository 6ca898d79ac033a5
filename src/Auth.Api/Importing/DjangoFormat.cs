using System.Text;
using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>The output of Django's <c>dumpdata auth.user</c> as json or jsonl, also for a custom user model.</summary>
internal static class DjangoFormat
{
    public static UserFormat Create() =>
        new("django", Read)
        {
            Marks = ["fields"],
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

        var email = user.FirstNonBlank("email", "username");
        return SourceUser.From(
            item.Identifier("pk"),
            ReadPassword(user, password),
            new UserImport(item.Number, email?.Value)
            {
                DisplayName = Names.Join(user.NonBlank("first_name"), user.NonBlank("last_name")),
                IsDisabled = user.Flag("is_active") == false,
                CreatedAt = user.Instant("date_joined"),
            }
        ) with
        {
            EmailMember = email?.Member,
        };
    }

    /// <summary><c>algorithm$…</c>; an unusable password starts with an exclamation mark.</summary>
    private static SourcePassword ReadPassword(SourceRecord user, string password) =>
        password.Split('$') switch
        {
            [""] or [['!', ..], ..] => SourcePassword.None,
            ["pbkdf2_sha256", var iterations, var salt, var key] => Pbkdf2("sha256", iterations, salt, key),
            ["pbkdf2_sha1", var iterations, var salt, var key] => Pbkdf2("sha1", iterations, salt, key),
            ["bcrypt", _, ..] => SourcePassword.From(password["bcrypt$".Length..]),
            ["bcrypt_sha256", _, ..] => SourcePassword.From("$bcrypt-sha256-hex" + password["bcrypt_sha256$".Length..]),
            ["pbkdf2_sha256" or "pbkdf2_sha1" or "bcrypt" or "bcrypt_sha256", ..] => throw user.Invalid(
                "password",
                "The password hash is malformed."
            ),
            [var algorithm, _, ..] => SourcePassword.Unsupported(algorithm),
            _ => SourcePassword.Unsupported("unknown"), // a hash without its algorithm, which must not be shown
        };

    // The salt is used as text.
    private static SourcePassword Pbkdf2(string digest, string iterations, string salt, string key) =>
        SourcePassword.FromPbkdf2(digest, iterations, Convert.ToBase64String(Encoding.UTF8.GetBytes(salt)), key);
}
