using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>An export of a Keycloak realm, or only its users.</summary>
internal static class KeycloakFormat
{
    private const string Pbkdf2 = "pbkdf2";

    public static UserFormat Create() =>
        new("keycloak", Read)
        {
            ListMember = "users",
            Marks = ["realm", "credentials", "username"],
            Members = new Dictionary<string, string>
            {
                ["passwordHash"] = "credentials",
                ["displayName"] = "firstName, lastName",
                ["createdAt"] = "createdTimestamp",
            },
        };

    private static SourceUser Read(SourceRecord user, DateTimeOffset now)
    {
        if (user.NonBlank("serviceAccountClientId") is not null)
        {
            return SourceUser.Skip("a service account");
        }

        var email = user.FirstNonBlank("email", "username");
        return SourceUser.From(
            user.Identifier("id"),
            ReadPassword(user),
            new UserImport(user.Number, email?.Value)
            {
                DisplayName = Names.Join(user.NonBlank("firstName"), user.NonBlank("lastName")),
                EmailConfirmed = user.Flag("emailVerified") ?? false,
                IsDisabled = user.Flag("enabled") == false,
                CreatedAt = user.UnixMilliseconds("createdTimestamp"),
            }
        ) with
        {
            EmailMember = email?.Member,
        };
    }

    private static SourcePassword ReadPassword(SourceRecord user)
    {
        var credential = user.Objects("credentials").FirstOrDefault(item => item.Text("type") == "password");
        if (credential?.Object("secretData") is not { } secret || credential.Object("credentialData") is not { } data)
        {
            return SourcePassword.None;
        }

        var algorithm = data.NonBlank("algorithm") ?? throw data.Invalid("algorithm", "A value is required.");
        return algorithm.Split('-', 2) switch
        {
            [Pbkdf2] => Read("sha1"),
            [Pbkdf2, var digest] => Read(digest),
            _ => SourcePassword.Unsupported(algorithm),
        };

        SourcePassword Read(string digest) =>
            SourcePassword.FromPbkdf2(
                digest,
                data.Identifier("hashIterations") ?? throw data.Invalid("hashIterations", "A value is required."),
                secret.NonBlank("salt") ?? throw secret.Invalid("salt", "A value is required."),
                secret.NonBlank("value") ?? throw secret.Invalid("value", "A value is required.")
            );
    }
}
