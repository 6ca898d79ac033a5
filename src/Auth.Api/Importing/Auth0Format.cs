using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>
/// Auth0's export of password hashes, one object per line; or a file for Auth0's import, a JSON array whose users have
/// <c>password_hash</c> or <c>custom_password_hash</c>.
/// </summary>
internal static class Auth0Format
{
    public static UserFormat Create() =>
        new("auth0", Read)
        {
            Marks = ["email_verified", "user_id", "password_hash", "custom_password_hash"],
            Members = new Dictionary<string, string> { ["displayName"] = "name", ["createdAt"] = "created_at" },
        };

    private static SourceUser Read(SourceRecord user, DateTimeOffset now)
    {
        var identifier = user.Objects("identifiers").FirstOrDefault(item => item.Text("type") == "email");
        var email = user.FirstNonBlank("email") ?? identifier?.FirstNonBlank("value");
        var name = ReadName(user, email?.Value);
        var (password, passwordMember) = ReadPassword(user);
        return SourceUser.From(
            OldId(user),
            password,
            new UserImport(user.Number, email?.Value)
            {
                DisplayName = name?.Value,
                EmailConfirmed = user.Flag("email_verified") ?? identifier?.Flag("verified") ?? false,
                IsDisabled = user.Flag("blocked") ?? false,
                CreatedAt = user.Instant("created_at"),
            }
        ) with
        {
            EmailMember = email?.Member,
            DisplayNameMember = name?.Member,
            PasswordHashMember = passwordMember,
        };
    }

    // Auth0's tokens contain "auth0|…" in the claim sub.
    private static string? OldId(SourceRecord user)
    {
        var id = user.Identifier("user_id") ?? user.Identifier("alt_id") ?? user.Object("_id")?.Identifier("$oid");
        return id is null || id.Contains('|') ? id : $"auth0|{id}";
    }

    // Auth0 fills in the address if it does not know a name.
    private static SourceText? ReadName(SourceRecord user, string? email) =>
        user.FirstNonBlank("name") is { } name && !string.Equals(name.Value, email, StringComparison.OrdinalIgnoreCase)
            ? name
        : Names.Join(user.NonBlank("given_name"), user.NonBlank("family_name")) is { } joined
            ? new SourceText("given_name, family_name", joined)
        : null;

    private static (SourcePassword Password, string? Member) ReadPassword(SourceRecord user)
    {
        if (user.Object("custom_password_hash") is not { } custom)
        {
            var plain = user.FirstNonBlank("passwordHash", "password_hash");
            return (SourcePassword.FromText(plain?.Value), plain?.Member);
        }

        var algorithm = custom.NonBlank("algorithm") ?? throw custom.Invalid("algorithm", "A value is required.");
        var hash = custom.Object("hash") ?? throw custom.Invalid("hash", "A value is required.");
        var value = hash.NonBlank("value") ?? throw hash.Invalid("value", "A value is required.");
        var password = (custom.Object("password")?.NonBlank("encoding") ?? "utf8", algorithm) switch
        {
            ("utf8", "bcrypt") => SourcePassword.From(value),
            ("utf8", "pbkdf2") => SourcePassword.FromPbkdf2Text(value),
            (var encoding, "bcrypt" or "pbkdf2") => SourcePassword.Unsupported($"{algorithm}/{encoding}"),
            _ => SourcePassword.Unsupported(algorithm),
        };
        return (password, hash.PathOf("value"));
    }
}
