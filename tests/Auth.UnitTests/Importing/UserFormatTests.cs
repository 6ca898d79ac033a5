using System.Text.Json;
using Auth.Api.Importing;

namespace Auth.UnitTests.Importing;

public sealed class UserFormatTests
{
    private const string Unknown = "unknown hashes are not supported";

    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("9999-12-31T23:59:59.9999999+00:00", true, true)]
    [InlineData("2026-02-02T00:00:00Z", true, true)]
    [InlineData("2026-02-02 00:00:00.0000000 +00:00", true, true)] // SQL Server's own format
    [InlineData("2026-02-02T00:00:00Z", false, false)] // lockout is disabled for this user
    [InlineData("2026-01-31T12:05:00Z", true, false)] // five minutes for wrong passwords
    [InlineData("2025-01-01T00:00:00Z", true, false)]
    public void A_permanent_Identity_lockout_disables_the_user(string end, bool enabled, bool disabled) =>
        Read(
            "identity",
            new
            {
                Email = "a",
                LockoutEnd = end,
                LockoutEnabled = enabled,
            }
        )
            .Import!.IsDisabled.ShouldBe(disabled);

    [Theory]
    [InlineData("2126-01-01 00:00:00+00", true)]
    [InlineData("infinity", true)]
    [InlineData("2026-01-31 12:00:01.5+00", true)]
    [InlineData("2026-01-31 14:00:00+05:30", false)]
    [InlineData("", false)]
    public void A_Supabase_ban_disables_the_user_until_it_ends(string until, bool disabled) =>
        Read("supabase", new { email = "a", banned_until = until }).Import!.IsDisabled.ShouldBe(disabled);

    [Fact]
    public void Entries_that_are_not_users_are_skipped()
    {
        Read("keycloak", new { username = "service-account-a", serviceAccountClientId = "a" })
            .SkipReason.ShouldBe("a service account");
        Read("supabase", new { email = "a", deleted_at = "2026-01-01 00:00:00+00" }).SkipReason.ShouldBe("deleted");
        Read("supabase", new { is_anonymous = "t" }).SkipReason.ShouldBe("anonymous");
        Read("firebase", new { localId = "a", providerUserInfo = Array.Empty<object>() })
            .SkipReason.ShouldBe("anonymous");
        Read("firebase", new { localId = "a", phoneNumber = "+49" }).SkipReason.ShouldBeNull();
        Read("django", new { model = "auth.group", fields = new { name = "editors" } })
            .SkipReason.ShouldBe("not a user");
    }

    [Theory]
    [InlineData("identity", """{"Email":" ","UserName":"a@example.com"}""", "UserName")]
    [InlineData("keycloak", """{"username":"a@example.com"}""", "username")]
    [InlineData(
        "auth0",
        """{"identifiers":[{"type":"phone"},{"type":"email","value":"a@example.com","verified":true}]}""",
        "identifiers.value"
    )]
    [InlineData("django", """{"fields":{"password":"","email":"","username":"a@example.com"}}""", "fields.username")]
    [InlineData("django", """{"fields":{"password":"","email":"a@example.com","username":"b"}}""", "fields.email")]
    public void An_address_is_read_from_either_property(string format, string json, string member)
    {
        var user = Read(format, json);

        user.Import!.Email.ShouldBe("a@example.com");
        user.MemberNameOf("email").ShouldBe(member);
    }

    [Theory]
    [InlineData("auth0", """{"given_name":"A"}""", "displayName", "given_name, family_name")]
    [InlineData("auth0", """{"name":"A"}""", "displayName", "name")]
    [InlineData("auth0", """{"password_hash":"$2b$"}""", "passwordHash", "password_hash")]
    [InlineData(
        "auth0",
        """{"custom_password_hash":{"algorithm":"bcrypt","hash":{"value":"$2b$"}}}""",
        "passwordHash",
        "custom_password_hash.hash.value"
    )]
    [InlineData(
        "supabase",
        """{"raw_user_meta_data":{"full_name":"A"}}""",
        "displayName",
        "raw_user_meta_data.full_name"
    )]
    [InlineData("native", """{"email":"A"}""", "email", null)]
    public void A_value_is_reported_with_the_member_it_was_read_from(
        string format,
        string json,
        string member,
        string? name
    ) => Read(format, json).MemberNameOf(member).ShouldBe(name);

    [Theory]
    [InlineData("Ada\r\nLovelace", "Ada Lovelace")]
    [InlineData(" Ada\tLovelace\0", "Ada Lovelace")]
    [InlineData("\u001b", null)]
    [InlineData("Ada  Lovelace", "Ada  Lovelace")]
    public void Control_characters_in_a_display_name_are_replaced_and_counted(string name, string? expected)
    {
        var user = Read("native", new { displayName = name });

        user.Import!.DisplayName.ShouldBe(expected);
        user.IsNameCleaned.ShouldBe(name != expected);
    }

    [Theory]
    [InlineData("""{"user_id":"auth0|1","_id":{"$oid":"2"}}""", "auth0|1")]
    [InlineData("""{"alt_id":"euclid","_id":{"$oid":"2"}}""", "auth0|euclid")]
    [InlineData("""{"_id":{"$oid":"5dea9f9c82dd7c0e76e4ec93"}}""", "auth0|5dea9f9c82dd7c0e76e4ec93")]
    public void Auth0_ids_are_those_of_its_tokens(string json, string expected) =>
        Read("auth0", json).OldId.ShouldBe(expected);

    [Theory]
    [InlineData("django", """{"fields":{"password":"argon2$argon2id$v=19$m=1"}}""", "argon2 hashes are not supported")]
    [InlineData("django", """{"fields":{"password":"!unusable"}}""", "the file contains none")]
    [InlineData("django", """{"fields":{"password":""}}""", "the file contains none")]
    [InlineData("django", """{"fields":{"password":"\u001b[2J$x"}}""", "unknown hashes are not supported")]
    [InlineData("supabase", """{"encrypted_password":"$argon2id$v=19$m=1$a$b"}""", "argon2id hashes are not supported")]
    [InlineData("supabase", """{"encrypted_password":"$fbscrypt$v=1,n=14$a$b"}""", "fbscrypt hashes are not supported")]
    [InlineData("keycloak", """{"credentials":[{"type":"otp"},{"type":"password"}]}""", "the file contains none")]
    [InlineData(
        "keycloak",
        """{"credentials":[{"type":"password","secretData":"{}","credentialData":"{\"algorithm\":\"argon2\"}"}]}""",
        "argon2 hashes are not supported"
    )]
    [InlineData(
        "auth0",
        """{"custom_password_hash":{"algorithm":"pbkdf2","hash":{"value":"$pbkdf2-md5$i=1$a$b"}}}""",
        "pbkdf2-md5 hashes are not supported"
    )]
    [InlineData(
        "auth0",
        """{"custom_password_hash":{"algorithm":"bcrypt","hash":{"value":"$2b$"},"password":{"encoding":"utf16le"}}}""",
        "bcrypt/utf16le hashes are not supported"
    )]
    [InlineData("native", """{"passwordHash":"5f4dcc3b5aa765d61d8327deb882cf99"}""", Unknown)]
    [InlineData("native", """{"passwordHash":"s3cret$in$the-clear"}""", Unknown)]
    [InlineData("native", """{"passwordHash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", Unknown)]
    [InlineData("native", """{"passwordHash":"$argon2id$v=19$a$b"}""", "argon2id hashes are not supported")]
    [InlineData("native", """{"passwordHash":"$2x$10$a"}""", "2x hashes are not supported")]
    [InlineData("native", """{"passwordHash":"$pbkdf2-md5$i=1$a$b"}""", "pbkdf2-md5 hashes are not supported")]
    [InlineData("native", """{"passwordHash":""}""", "the file contains none")]
    [InlineData("identity", """{"PasswordHash":"5F4DCC3B5AA765D61D8327DEB882CF99"}""", Unknown)]
    [InlineData("auth0", """{"passwordHash":"5f4dcc3b5aa765d61d8327deb882cf99"}""", Unknown)]
    [InlineData("django", """{"fields":{"password":"5f4dcc3b5aa765d61d8327deb882cf99"}}""", Unknown)]
    [InlineData("django", """{"fields":{"password":"md5$a$5f4dcc3b"}}""", "md5 hashes are not supported")]
    public void Users_without_a_password_are_reported_with_the_reason(string format, string json, string reason)
    {
        var user = Read(format, json);

        user.MissingPassword.ShouldBe(reason);
        user.Import!.PasswordHash.ShouldBeNull();
    }

    [Theory]
    [InlineData("native", """{"passwordHash":"$2b$99$"}""", "$2b$99$")]
    [InlineData("native", """{"passwordHash":"$bcrypt-hmac-sha384$k="}""", "$bcrypt-hmac-sha384$k=")]
    [InlineData("identity", """{"PasswordHash":"AQAAAAIAAYag"}""", "AQAAAAIAAYag")]
    [InlineData("supabase", """{"encrypted_password":"$2a$10$"}""", "$2a$10$")]
    [InlineData("django", """{"fields":{"password":"bcrypt$a"}}""", "a")]
    public void A_malformed_hash_of_a_supported_kind_is_passed_on_to_the_import(string format, string json, string hash)
    {
        var user = Read(format, json);

        user.MissingPassword.ShouldBeNull();
        user.Import!.PasswordHash.ShouldBe(hash);
    }

    [Theory]
    [InlineData("django", """{"fields":{"password":"pbkdf2_sha256$1000$salt"}}""", "fields.password")]
    [InlineData("django", """{"fields":{"password":"bcrypt"}}""", "fields.password")]
    [InlineData(
        "keycloak",
        """{"credentials":[{"type":"password","secretData":"x","credentialData":"{}"}]}""",
        "credentials.secretData"
    )]
    [InlineData(
        "keycloak",
        """{"credentials":[{"type":"password","secretData":"{}","credentialData":"{}"}]}""",
        "credentials.credentialData.algorithm"
    )]
    [InlineData("keycloak", """{"createdTimestamp":-1}""", "createdTimestamp")]
    [InlineData("django", """{"fields":{"password":"!","is_active":"maybe"}}""", "fields.is_active")]
    [InlineData("django", """{"fields":{"password":"!","email":7}}""", "fields.email")]
    [InlineData("identity", """{"LockoutEnd":"soon"}""", "LockoutEnd")]
    [InlineData("auth0", """{"custom_password_hash":{"algorithm":"bcrypt"}}""", "custom_password_hash.hash")]
    [InlineData("auth0", """{"identifiers":[1]}""", "identifiers")]
    [InlineData("native", """{"emial":"a@example.com"}""", "emial")]
    public void Errors_name_the_property(string format, string json, string member) =>
        Should.Throw<MemberException>(() => Read(format, json)).Member.ShouldBe(member);

    [Fact]
    public void Only_a_UUID_is_kept()
    {
        Read("native", new { id = "7D0C5E0A-51C4-4D0C-9D5F-6C1F4A1F0A01" })
            .Import!.Id.ShouldBe(Guid.Parse("7d0c5e0a-51c4-4d0c-9d5f-6c1f4a1f0a01"));
        foreach (var id in new[] { "1", "{7d0c5e0a-51c4-4d0c-9d5f-6c1f4a1f0a01}", Guid.Empty.ToString() })
        {
            var user = Read("native", new { id });
            user.Import!.Id.ShouldBeNull();
            user.OldId.ShouldBe(id);
        }
    }

    [Fact]
    public void Users_do_not_print_themselves() =>
        $"{Read("django", new { fields = new { password = "bcrypt$$2b$" } })} {SourcePassword.From("secret")}".ShouldBe(
            "SourceUser SourcePassword"
        );

    private static SourceUser Read(string format, object user) => Read(format, JsonSerializer.Serialize(user));

    private static SourceUser Read(string format, string json) =>
        UserFormat
            .All.Single(candidate => candidate.Name == format)
            .Read(new SourceRecord(1, JsonElement.Parse(json)), s_now);
}
