using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Auth.IntegrationTests.Importing;

/// <summary>A user of another system, and the expected result of the import.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">The password in that system.</param>
public sealed record ExportedUser(string Email, string Password)
{
    public string? DisplayName { get; init; }

    public bool EmailConfirmed { get; init; }

    /// <summary>Whether the user can sign in with the password after the import.</summary>
    public bool SignsIn { get; init; } = true;

    public bool IsDisabled { get; init; }

    public string? OldId { get; init; }

    public bool KeepsId { get; init; }
}

/// <summary>A file as exported by another system.</summary>
public sealed record ExportFile(string Text, IReadOnlyList<ExportedUser> Users);

/// <summary>
/// Files in the documented formats of other systems, with a hundred users each. The hashes are computed by the libraries that
/// these systems use or by the base class library, never by the code under test; most are cheap, a few have realistic costs.
/// </summary>
internal static class ExportFiles
{
    private const int Count = 100;
    private const int Expensive = 2;
    private const int SqlServerRow = 2033;

    private static readonly DateTimeOffset s_created = new(2024, 3, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly string[] s_names =
    [
        "Ada Lovelace",
        "Zoë Müller",
        "山田 太郎",
        "O'Brien, \"Pat\"",
        "Øyvind Å",
    ];

    public static ExportFile Identity(string style)
    {
        var cheap = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));
        var old = new PasswordHasher<object>(
            Options.Create(new PasswordHasherOptions { CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV2 })
        );
        var users = Users(
            "identity",
            (user, i) =>
                user with
                {
                    OldId = NewUuid(),
                    KeepsId = true,
                    DisplayName = null,
                    IsDisabled = i % 20 == 3,
                    SignsIn = i % 20 is not (3 or 7),
                }
        );
        var rows = users.Select(
            (user, i) =>
                new JsonObject
                {
                    ["Id"] = i % 2 == 0 ? user.OldId : user.OldId!.ToUpperInvariant(),
                    ["UserName"] = user.Email,
                    ["NormalizedUserName"] = user.Email.ToUpperInvariant(),
                    ["Email"] = user.Email,
                    ["NormalizedEmail"] = user.Email.ToUpperInvariant(),
                    ["EmailConfirmed"] = user.EmailConfirmed,
                    ["PasswordHash"] =
                        i % 20 == 7 ? null
                        : i < Expensive ? new PasswordHasher<object>().HashPassword(user, user.Password)
                        : (i % 3 == 0 ? old : cheap).HashPassword(user, user.Password),
                    ["SecurityStamp"] = "VVPCRDAS3MJWQD5CSW2GWPRADBXEZINA",
                    ["ConcurrencyStamp"] = NewUuid(),
                    ["PhoneNumber"] = null,
                    ["PhoneNumberConfirmed"] = false,
                    ["TwoFactorEnabled"] = false,
                    ["LockoutEnd"] = i % 20 == 3 ? "9999-12-31T23:59:59.9999999+00:00" : null,
                    ["LockoutEnabled"] = true,
                    ["AccessFailedCount"] = 0,
                }
        );
        return new(
            style switch
            {
                "array" => Indented([.. rows]),
                "lines" => Lines(rows),
                _ => ForJson([.. rows]),
            },
            users
        );
    }

    public static ExportFile Keycloak()
    {
        var users = Users(
            "keycloak",
            (user, i) =>
                user with
                {
                    OldId = NewUuid(),
                    KeepsId = true,
                    IsDisabled = i % 20 == 3,
                    SignsIn = i % 20 is not (3 or 7 or 11),
                }
        );
        var list = users.Select(
            (user, i) =>
                new JsonObject
                {
                    ["id"] = user.OldId,
                    ["createdTimestamp"] = s_created.AddDays(i).ToUnixTimeMilliseconds(),
                    ["username"] = $"user{i}",
                    ["enabled"] = !user.IsDisabled,
                    ["totp"] = false,
                    ["emailVerified"] = user.EmailConfirmed,
                    ["firstName"] = user.DisplayName!.Split(' ', 2)[0],
                    ["lastName"] = user.DisplayName!.Split(' ', 2)[1],
                    ["email"] = user.Email,
                    ["attributes"] = new JsonObject { ["locale"] = new JsonArray("de") },
                    ["credentials"] = i % 20 == 7 ? [] : new JsonArray(KeycloakCredential(user, i)),
                    ["disableableCredentialTypes"] = new JsonArray(),
                    ["requiredActions"] = new JsonArray(),
                    ["realmRoles"] = new JsonArray("default-roles-example"),
                    ["notBefore"] = 0,
                    ["groups"] = new JsonArray(),
                }
        );
        var realm = new JsonObject
        {
            ["id"] = "6792aaf6-cba2-4e57-92b5-e01d53d93c89",
            ["realm"] = "example",
            ["roles"] = new JsonObject { ["realm"] = new JsonArray(new JsonObject { ["name"] = "users" }) },
            ["users"] = new JsonArray([.. list]),
            ["clients"] = new JsonArray(new JsonObject { ["clientId"] = "account" }),
            ["keycloakVersion"] = "26.0.0",
        };
        return new(realm.ToJsonString(new(JsonSerializerOptions.Default) { WriteIndented = true }), users);
    }

    public static ExportFile Auth0()
    {
        var users = Users(
            "auth0",
            (user, i) => user with { OldId = $"auth0|{i:x24}", DisplayName = null, SignsIn = i % 20 != 7 }
        );
        var rows = users.Select(
            (user, i) =>
            {
                var row = new JsonObject
                {
                    ["_id"] = new JsonObject { ["$oid"] = user.OldId![6..] },
                    ["email_verified"] = user.EmailConfirmed,
                    ["email"] = user.Email,
                    ["tenant"] = "example",
                    ["connection"] = "Username-Password-Authentication",
                    ["_tmp_is_unique"] = true,
                };
                if (i % 20 == 7)
                {
                    row["custom_password_hash"] = CustomHash("argon2", "$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA");
                }
                else if (i % 20 == 11)
                {
                    var key = Pbkdf2(user, HashAlgorithmName.SHA256, 1000, Salt(i), 64);
                    var text = $"$pbkdf2-sha256$i=1000,l=64${Base64(Salt(i)).TrimEnd('=')}${Base64(key).TrimEnd('=')}";
                    row["custom_password_hash"] = CustomHash("pbkdf2", text);
                }
                else
                {
                    row["passwordHash"] = Bcrypt(user.Password, i < Expensive ? 10 : 4, i % 2 == 0 ? 'a' : 'b');
                    row["password_set_date"] = new JsonObject { ["$date"] = "2021-03-05T16:35:16.775Z" };
                }

                return row;
            }
        );
        return new(Lines(rows), users);
    }

    public static ExportFile Supabase(string style)
    {
        var users = Users(
            "supabase",
            (user, i) =>
                user with
                {
                    OldId = NewUuid(),
                    KeepsId = true,
                    IsDisabled = i % 20 == 3,
                    SignsIn = i % 20 is not (3 or 7),
                }
        );
        var rows = users
            .Select((user, i) => SupabaseRow(user, i, style == "csv" ? ' ' : 'T', style == "csv" ? "+00" : "+00:00"))
            .ToList();
        if (style == "json")
        {
            foreach (var row in rows)
            {
                row["raw_user_meta_data"] = JsonNode.Parse(row["raw_user_meta_data"]!.GetValue<string>());
            }

            // The format of json_agg.
            return new("[" + string.Join(", \n ", rows.Select(row => row.ToJsonString())) + "]", users);
        }

        var csv = new StringBuilder(string.Join(',', rows[0].Select(column => column.Key))).Append('\n');
        foreach (var row in rows)
        {
            csv.AppendJoin(',', row.Select(column => CsvField(column.Value))).Append('\n');
        }

        return new(csv.ToString(), users);
    }

    public static ExportFile Django()
    {
        var users = Users(
            "django",
            (user, i) =>
                user with
                {
                    OldId = (i + 1).ToString(CultureInfo.InvariantCulture),
                    EmailConfirmed = false,
                    IsDisabled = i % 20 == 3,
                    SignsIn = i % 20 is not (3 or 7 or 11),
                }
        );
        var items = users.Select(
            (user, i) =>
                new JsonObject
                {
                    ["model"] = "auth.user",
                    ["pk"] = i + 1,
                    ["fields"] = new JsonObject
                    {
                        ["password"] = DjangoHash(user, i),
                        ["last_login"] = null,
                        ["is_superuser"] = i == 0,
                        ["username"] = $"user{i}",
                        ["first_name"] = user.DisplayName!.Split(' ', 2)[0],
                        ["last_name"] = user.DisplayName!.Split(' ', 2)[1],
                        ["email"] = user.Email,
                        ["is_staff"] = false,
                        ["is_active"] = !user.IsDisabled,
                        ["date_joined"] = "2024-03-01T09:30:00.123Z",
                        ["groups"] = new JsonArray(),
                        ["user_permissions"] = new JsonArray(),
                    },
                }
        );
        return new("[" + string.Join(", ", items.Select(item => item.ToJsonString())) + "]\n", users);
    }

    public static ExportFile Firebase()
    {
        var users = Users(
            "firebase",
            (user, i) =>
                user with
                {
                    OldId = Convert.ToHexString(SHA256.HashData([(byte)i]))[..28],
                    IsDisabled = i % 20 == 3,
                    SignsIn = false,
                }
        );
        var list = users.Select(
            (user, i) =>
                new JsonObject
                {
                    ["localId"] = user.OldId,
                    ["email"] = user.Email,
                    ["emailVerified"] = user.EmailConfirmed,
                    ["passwordHash"] = Base64(SHA256.HashData(Salt(i))),
                    ["salt"] = Base64(Salt(i)),
                    ["displayName"] = user.DisplayName,
                    ["lastSignedInAt"] = "1709285400000",
                    ["createdAt"] = "1709285400000",
                    ["disabled"] = user.IsDisabled,
                    ["providerUserInfo"] = new JsonArray(),
                }
        );
        return new(
            new JsonObject { ["users"] = new JsonArray([.. list]) }.ToJsonString(
                new(JsonSerializerOptions.Default) { WriteIndented = true }
            ),
            users
        );
    }

    private static List<ExportedUser> Users(string system, Func<ExportedUser, int, ExportedUser> adapt)
    {
        var run = Guid.CreateVersion7();
        return
        [
            .. Enumerable
                .Range(0, Count)
                .Select(i =>
                    adapt(
                        new ExportedUser($"{system}-{i}-{run:n}@example.com", $"Old password {i} of {system}, ä€🙂")
                        {
                            DisplayName = s_names[i % s_names.Length],
                            EmailConfirmed = i % 2 == 0,
                        },
                        i
                    )
                ),
        ];
    }

    private static JsonObject KeycloakCredential(ExportedUser user, int i)
    {
        if (i % 20 == 11)
        {
            return KeycloakCredential(
                new JsonObject { ["value"] = "aGFzaA==", ["salt"] = Base64(Salt(i)) },
                new JsonObject { ["hashIterations"] = 5, ["algorithm"] = "argon2" }
            );
        }

        var (algorithm, digest, usual) = (i % 3) switch
        {
            0 => ("pbkdf2-sha512", HashAlgorithmName.SHA512, 210_000),
            1 => ("pbkdf2-sha256", HashAlgorithmName.SHA256, 27_500),
            _ => ("pbkdf2", HashAlgorithmName.SHA1, 20_000),
        };
        var iterations = i < Expensive ? usual : 100;
        return KeycloakCredential(
            new JsonObject
            {
                ["value"] = Base64(Pbkdf2(user, digest, iterations, Salt(i), i % 2 == 0 ? 64 : 32)),
                ["salt"] = Base64(Salt(i)),
                ["additionalParameters"] = new JsonObject(),
            },
            new JsonObject
            {
                ["hashIterations"] = iterations,
                ["algorithm"] = algorithm,
                ["additionalParameters"] = new JsonObject(),
            }
        );
    }

    private static JsonObject KeycloakCredential(JsonObject secret, JsonObject data) =>
        new()
        {
            ["id"] = NewUuid(),
            ["type"] = "password",
            ["createdDate"] = 1_693_888_572_700,
            ["secretData"] = secret.ToJsonString(),
            ["credentialData"] = data.ToJsonString(),
        };

    private static JsonObject CustomHash(string algorithm, string value) =>
        new()
        {
            ["algorithm"] = algorithm,
            ["hash"] = new JsonObject { ["value"] = value, ["encoding"] = "utf8" },
        };

    private static JsonObject SupabaseRow(ExportedUser user, int i, char separator, string offset) =>
        new()
        {
            ["instance_id"] = "00000000-0000-0000-0000-000000000000",
            ["id"] = user.OldId,
            ["aud"] = "authenticated",
            ["role"] = "authenticated",
            ["email"] = user.Email,
            ["encrypted_password"] = i % 20 == 7 ? "" : Bcrypt(user.Password, i < Expensive ? 10 : 4, 'a'),
            ["email_confirmed_at"] = user.EmailConfirmed ? $"2025-10-23{separator}13:20:47.195996{offset}" : null,
            ["raw_app_meta_data"] = """{"provider": "email", "providers": ["email"]}""",
            ["raw_user_meta_data"] = new JsonObject { ["full_name"] = user.DisplayName }.ToJsonString(),
            ["is_super_admin"] = null,
            ["created_at"] = $"2025-10-23{separator}13:20:47{offset}",
            ["phone"] = null,
            ["banned_until"] = user.IsDisabled ? $"2126-01-01{separator}00:00:00{offset}" : null,
            ["is_sso_user"] = separator == 'T' ? JsonValue.Create(false) : JsonValue.Create("f"),
            ["deleted_at"] = null,
            ["is_anonymous"] = separator == 'T' ? JsonValue.Create(false) : JsonValue.Create("f"),
        };

    private static string DjangoHash(ExportedUser user, int i)
    {
        switch (i % 20)
        {
            case 7:
                return "!" + "uYTeXlqS2bXaU8mDkd0vM6OeMm1hQkGJ4fW7dTzR";
            case 11:
                return "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$aGFzaGhhc2g";
            case 13:
                return "bcrypt$" + Bcrypt(user.Password, 4, 'b');
            case 15:
                var digest = SHA256.HashData(Encoding.UTF8.GetBytes(user.Password));
                return "bcrypt_sha256$" + Bcrypt(Convert.ToHexStringLower(digest), 4, 'b');
        }

        // Twenty-two characters since Django 3.2, twelve before, eight if an application chose so.
        var salt = "5hQhd2fTq0WvB7cZrXyN1e"[
            ..(
                i % 3 == 0 ? 22
                : i % 3 == 1 ? 12
                : 8
            )
        ];
        var iterations = i < Expensive ? 1_200_000 : 1000;
        var key = Pbkdf2(user, HashAlgorithmName.SHA256, iterations, Encoding.ASCII.GetBytes(salt), 32);
        return $"pbkdf2_sha256${iterations}${salt}${Base64(key)}";
    }

    private static string Bcrypt(string password, int cost, char revision) =>
        BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(cost, revision));

    private static byte[] Pbkdf2(
        ExportedUser user,
        HashAlgorithmName digest,
        int iterations,
        byte[] salt,
        int length
    ) => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(user.Password), salt, iterations, digest, length);

    private static byte[] Salt(int i) => SHA256.HashData([(byte)i, 1])[..16];

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static string Indented(JsonNode[] rows) =>
        new JsonArray(rows).ToJsonString(new(JsonSerializerOptions.Default) { WriteIndented = true });

    private static string Lines(IEnumerable<JsonObject> rows) =>
        string.Concat(rows.Select(row => row.ToJsonString() + "\n"));

    /// <summary>The output of SQL Server: without NULL values, with escaped slashes, in rows of a fixed length.</summary>
    private static string ForJson(JsonObject[] rows)
    {
        foreach (var row in rows)
        {
            foreach (var column in row.Where(column => column.Value is null).Select(column => column.Key).ToList())
            {
                row.Remove(column);
            }
        }

        var text = new JsonArray(rows).ToJsonString().Replace("/", "\\/", StringComparison.Ordinal);
        return string.Join("\r\n", text.Chunk(SqlServerRow).Select(chunk => new string(chunk)));
    }

    private static string CsvField(JsonNode? value) =>
        value is null ? ""
        : value.GetValue<string>() is { } text && text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text
        : $"\"{value.GetValue<string>().Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A version 4 UUID, as these systems generate them.</summary>
    private static string NewUuid()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString();
    }
}
