using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.IntegrationTests.Factors;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

/// <summary>The command line on the test's database, while the service runs.</summary>
public sealed class ImportUsersTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>, IDisposable
{
    private const string MalformedHash = "The password hash is malformed, or its cost is out of range.";
    private const string Password = "correct horse battery staple";

    // All of the same password, computed by the named software: bcrypt by libxcrypt, BCrypt.Net-Next's enhanced form
    // by its construction, Identity's by its published layout.
    private const string PlainBcrypt = "$2b$04$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6CG";
    private const string EnhancedBcrypt = "$bcrypt-sha384$2a$04$zyxwvutsrqponmlkjihgfeXfua5H5KDrWNxgLeYf6CB0LM/elMcJm";
    private const string IdentityVersion2 = "AAABAgMEBQYHCAkKCwwNDg8A6b+Q5v/5gBndnBKiBiA27187WD3zrXpRRPbHcnNx7A==";
    private const string IdentityVersion3 =
        "AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg+HNphercic/uMU10oVOJcFooxzoeSLoVHx/CnyVEI1LA==";

    // Computed by Python's hashlib and libxcrypt.
    private const string Pbkdf2Sha256 =
        "$pbkdf2-sha256$i=1200000$a3o3UW0yeFI$m7KCsyYTCQJJ6/HITZMGNadypw+X5W825ugiFMp8nuk";
    private const string Pbkdf2Sha512 =
        "$pbkdf2-sha512$i=210000,l=64$uI4PbEYWBXuHPNLPshHVEg$JV72+3VvVVEd87lc+afCnWHHi9akA3qjZA1YM0zxzZh3gJavMcsBUZcd"
        + "HB7iPTvkW7luvGxS4LZCOs3o8w6ocA";
    private const string Pbkdf2Sha1 =
        "$pbkdf2-sha1$i=20000$uI4PbEYWBXuHPNLPshHVEg==$iEDIVJSOPJmI45TLvklavrxENnjYrp5rmx5kN6ufeRAWqciSH/TDzx8YNdtvDda"
        + "W7Ke2MjzUYZASkJcVHbGR1Q==";
    private const string HexadecimalBcrypt =
        "$bcrypt-sha256-hex$2b$04$abcdefghijklmnopqrstuuaBT8mpw5tGdD3eO40znWcQP/dT9hEVK";

    private readonly Import _import = new(fixture.Database);

    public void Dispose() => _import.Dispose();

    [Fact]
    public async Task An_imported_authenticator_app_is_required_and_its_secret_is_stored_encrypted()
    {
        const string Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        var email = Account.NewEmail();
        await ImportAsync(
            new
            {
                email,
                passwordHash = PlainBcrypt,
                totpSecret = "jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp",
            }
        );

        var challenge = await fixture.Client.BeginLoginAsync(new(email, Password, new JsonObject()));
        var code = new AuthenticatorApp(Secret).CodeAt(fixture.Service.Clock.GetUtcNow());
        var signIn = await fixture.Client.CompleteLoginAsync(challenge, code).ShouldBeAsync(200);

        Http.Claims(signIn.Text("accessToken")).Text("acr").ShouldBe("mfa");
        var stored = fixture.Database.Scalar(
            $"SELECT \"SealedSecret\" FROM \"Factors\" WHERE \"UserId\" = (SELECT \"Id\" FROM \"Users\" WHERE \"Email\" = '{email}')"
        );
        stored.ShouldBeOfType<byte[]>().AsSpan().IndexOf("Hello!"u8).ShouldBe(-1); // how the secret begins
    }

    // Its invitation would sign in anyone who reads the mailbox, past the app.
    [Fact]
    public async Task An_authenticator_app_is_not_imported_without_a_password()
    {
        var line = JsonSerializer.Serialize(
            new { email = Account.NewEmail(), totpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" }
        );

        var (exitCode, report) = await _import.RunAsync(line);

        exitCode.ShouldBe(1);
        report.ShouldContain("line 1: totpSecret: An authenticator app needs a password beside it");
    }

    [Theory]
    [InlineData("")]
    [InlineData("JBSWY3DP")]
    [InlineData("JBSWY3DPEHPK3PX1")]
    [InlineData("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP")]
    public async Task A_malformed_secret_of_an_authenticator_app_is_rejected(string totpSecret)
    {
        var line = JsonSerializer.Serialize(
            new
            {
                email = Account.NewEmail(),
                passwordHash = PlainBcrypt,
                totpSecret,
            }
        );

        var (exitCode, report) = await _import.RunAsync(line);

        exitCode.ShouldBe(1);
        report.ShouldContain("line 1: totpSecret: The secret must be 10 to 64 bytes in Base32.");
    }

    [Theory]
    [InlineData(PlainBcrypt)]
    [InlineData(EnhancedBcrypt)]
    [InlineData(IdentityVersion2)]
    [InlineData(IdentityVersion3)]
    [InlineData(Pbkdf2Sha1)]
    [InlineData(Pbkdf2Sha256)]
    [InlineData(Pbkdf2Sha512)]
    [InlineData(HexadecimalBcrypt)]
    public async Task An_imported_user_signs_in_with_the_old_password_and_the_hash_is_replaced(string hash)
    {
        var email = Account.NewEmail();
        await ImportAsync(
            new
            {
                email,
                passwordHash = hash,
                displayName = "Ada",
                roles = new[] { "editor", "viewer" },
                emailConfirmed = true,
            }
        );

        await fixture
            .Client.PostAsync("/api/auth/login", new { email, password = Password + "!" })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        StoredHash(email).ShouldBe(hash);
        var account = await Account.LoginAsync(fixture.Client, email, Password);

        account.SignIn["user"]!.Text("displayName").ShouldBe("Ada");
        account.SignIn["user"]!["emailConfirmed"]!.GetValue<bool>().ShouldBeTrue();
        account.SignIn["user"]!.Texts("roles").ShouldBe(["editor", "viewer"]);
        var replaced = StoredHash(email).ShouldNotBeNull();
        replaced.ShouldStartWith("$bcrypt-hmac-sha384$k=");
        await account.LoginAgainAsync(fixture.Client);
        StoredHash(email).ShouldBe(replaced);
    }

    [Fact]
    public async Task A_user_needs_only_an_address_and_a_hash()
    {
        var email = Account.NewEmail();
        var (exitCode, report) = await ImportAsync(new { email, passwordHash = PlainBcrypt });

        exitCode.ShouldBe(0, report);
        report.ShouldContain("Read 1 line: 1 imported, 0 rejected.");
        var user = (await Account.LoginAsync(fixture.Client, email, Password)).SignIn["user"]!;
        user.Texts("roles").ShouldBe(["viewer"]);
        user["emailConfirmed"]!.GetValue<bool>().ShouldBeFalse();
        fixture
            .Database.Count("AuditRecords", "\"Type\" = 'user.registered' AND \"Detail\" = 'imported'")
            .ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_user_may_be_imported_without_roles()
    {
        var email = Account.NewEmail();

        await ImportAsync(
            new
            {
                email,
                passwordHash = PlainBcrypt,
                roles = Array.Empty<string>(),
            }
        );

        var account = await Account.LoginAsync(fixture.Client, email, Password);
        account.SignIn["user"]!["roles"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_that_break_a_rule_are_rejected_with_the_reason_and_the_others_are_imported()
    {
        var email = Account.NewEmail();
        string[] lines =
        [
            "not JSON",
            "",
            Line(new { email = "no address", passwordHash = PlainBcrypt }),
            Line(new { displayName = "Ada" }),
            Line(new { email = Account.NewEmail(), passwordHash = "$2b$s3cret-in-the-clear" }),
            Line(new { email = Account.NewEmail(), passwordHash = PlainBcrypt[..^1] }),
            Line(
                new
                {
                    email = Account.NewEmail(),
                    passwordHash = PlainBcrypt.Replace("$04$", "$31$", StringComparison.Ordinal),
                }
            ),
            Line(
                new
                {
                    email = Account.NewEmail(),
                    passwordHash = PlainBcrypt,
                    roles = new[] { "nobody" },
                }
            ),
            Line(
                new
                {
                    email = Account.NewEmail(),
                    passwordHash = PlainBcrypt,
                    roles = new[] { "Not  a role" },
                }
            ),
            Line(
                new
                {
                    email = Account.NewEmail(),
                    passwordHash = PlainBcrypt,
                    displayName = new string('a', 101),
                }
            ),
            Line(
                new
                {
                    email = Account.NewEmail(),
                    passwordHash = PlainBcrypt,
                    name = "Ada",
                }
            ),
            Line(
                new
                {
                    email = Account.NewEmail(),
                    passwordHash = PlainBcrypt,
                    emailConfirmed = "yes",
                }
            ),
            Line(new { email, passwordHash = PlainBcrypt }),
            Line(new { email = email.ToUpperInvariant(), passwordHash = PlainBcrypt }),
            Line(new { email = "nobody", displayName = "" }),
            $$"""{"email":"{{Account.NewEmail()}}","email":"{{Account.NewEmail()}}"}""",
            $$"""{"email":"{{Account.NewEmail()}}","displayName":"\ud800"}""",
            Line(new { email = Account.NewEmail(), createdAt = "9999-01-01T00:00:00Z" }),
            Line(new { email = Account.NewEmail(), createdAt = "yesterday" }),
            Line(new { email = Account.NewEmail(), roles = new object[] { 1 } }),
            "[]",
        ];

        var (exitCode, report) = await ImportLinesAsync(lines);

        exitCode.ShouldBe(1);
        report
            .Split('\n')
            .ShouldBe([
                "line 1: This is not a JSON object.",
                "line 3: email: Enter a valid e-mail address.",
                "line 4: email: An e-mail address is required.",
                $"line 5: passwordHash: {MalformedHash}",
                $"line 6: passwordHash: {MalformedHash}",
                $"line 7: passwordHash: {MalformedHash}",
                "line 8: roles: The role 'nobody' does not exist.",
                "line 9: roles: The list contains an invalid role name.",
                "line 10: displayName: Display names must be at most 100 characters long.",
                "line 11: name: Unknown property.",
                "line 12: emailConfirmed: The value must be true or false.",
                "line 14: email: This address is a duplicate of line 13.",
                "line 15: email: Enter a valid e-mail address.",
                "line 15: displayName: Display names must not be blank; omit the field or send null for none.",
                "line 16: A property is present twice.",
                "line 17: The text is not valid Unicode.",
                "line 18: createdAt: The time must not be in the future.",
                "line 19: createdAt: The value must be a time like 2026-01-31T12:00:00Z.",
                "line 20: roles: The value must be a list of strings.",
                "line 21: This is not a JSON object.",
                "Read 20 lines: 1 imported, 19 rejected.",
            ]);
        report.ShouldNotContain("s3cret");
        report.ShouldNotContain(PlainBcrypt[30..^1]);
        await Account.LoginAsync(fixture.Client, email, Password);
    }

    [Fact]
    public async Task Roles_that_exceed_the_token_limit_together_are_rejected()
    {
        var admin = await Account.LoginAsAdminAsync(fixture.Client);
        var nameSize = Administration.NewRoleName().Length + 3;
        var first = await fixture.Client.CreateRoleAsync(admin, [.. Administration.PermissionsOf(4000 - nameSize)]);
        var second = await fixture.Client.CreateRoleAsync(admin);
        var email = Account.NewEmail();

        var (exitCode, report) = await ImportAsync(
            new
            {
                email = Account.NewEmail(),
                passwordHash = PlainBcrypt,
                roles = new[] { first, second },
            },
            new
            {
                email,
                passwordHash = PlainBcrypt,
                roles = new[] { first },
            }
        );

        exitCode.ShouldBe(1);
        report.ShouldContain("line 1: roles: The names of a user's roles and permissions");
        report.ShouldContain("Read 2 lines: 1 imported, 1 rejected.");
        await Account.LoginAsync(fixture.Client, email, Password);
    }

    [Fact]
    public async Task The_import_can_be_repeated()
    {
        var users = Enumerable
            .Range(0, 1200)
            .Select(_ => Line(new { email = Account.NewEmail(), passwordHash = PlainBcrypt }))
            .ToArray();
        var before = fixture.Database.Count("Users");

        (await ImportLinesAsync(users[..700])).ExitCode.ShouldBe(0);
        var (exitCode, report) = await ImportLinesAsync(users);

        exitCode.ShouldBe(0);
        report.ShouldContain("Read 1200 lines: 500 imported, 700 already registered, 0 rejected.");
        (fixture.Database.Count("Users") - before).ShouldBe(1200);
    }

    [Fact]
    public async Task Id_time_and_status_are_kept()
    {
        var id = Guid.CreateVersion7();
        var email = Account.NewEmail();

        var (exitCode, report) = await ImportAsync(
            new
            {
                id,
                email,
                passwordHash = PlainBcrypt,
                disabled = true,
                createdAt = "2019-05-04T03:02:01+01:00",
            }
        );

        exitCode.ShouldBe(0, report);
        var admin = await Account.LoginAsAdminAsync(fixture.Client);
        var user = await fixture.Client.GetAsync($"/api/users/{id}", admin.AccessToken).ShouldBeAsync(200);
        user.Text("email").ShouldBe(email);
        user.Text("status").ShouldBe("disabled");
        user.Text("createdAt").ShouldStartWith("2019-05-04T02:02:01");
        await fixture
            .Client.PostAsync("/api/auth/login", new { email, password = Password })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await fixture.Client.PostAsync($"/api/users/{id}/enable", null, admin.AccessToken).ShouldBeAsync(200);
        (await Account.LoginAsync(fixture.Client, email, Password)).Id.ShouldBe(id);
    }

    [Fact]
    public async Task Signing_in_without_a_stored_password_is_rejected_like_an_unknown_address()
    {
        var email = Account.NewEmail();

        var (exitCode, report) = await ImportAsync(new { email });

        exitCode.ShouldBe(0, report);
        report.ShouldContain("1 without a password: the file contains none.");
        foreach (var password in new[] { "", "-", Password })
        {
            var known = await RefusalAsync(email, password);
            var unknown = await RefusalAsync(Account.NewEmail(), password);
            known.ShouldBe(unknown);
        }

        fixture.Service.Log.Lines.ShouldNotContain(line => line.Contains("password hash is damaged"));
    }

    [Theory]
    [InlineData("native", """{"email":"$","passwordHash":"5f4dcc3b5aa765d61d8327deb882cf99"}""", "unknown")]
    [InlineData("native", """{"email":"$","passwordHash":"$argon2id$v=19$m=65536,t=3,p=4$a$b"}""", "argon2id")]
    [InlineData("identity", """{"Email":"$","PasswordHash":"5f4dcc3b5aa765d61d8327deb882cf99"}""", "unknown")]
    [InlineData(
        "keycloak",
        """[{"email":"$","credentials":[{"type":"password","secretData":{},"credentialData":{"algorithm":"argon2"}}]}]""",
        "argon2"
    )]
    [InlineData("django", """{"fields":{"email":"$","password":"5f4dcc3b5aa765d61d8327deb882cf99"}}""", "unknown")]
    [InlineData("auth0", """{"email":"$","password_hash":"$argon2id$v=19$m=65536,t=3,p=4$a$b"}""", "argon2id")]
    [InlineData("supabase", """{"email":"$","encrypted_password":"$argon2id$v=19$m=65536$a$b"}""", "argon2id")]
    public async Task A_user_with_an_unsupported_hash_is_imported_without_a_password(
        string format,
        string user,
        string kind
    )
    {
        var email = Account.NewEmail();
        var text = user.Replace("\"$\"", $"\"{email}\"", StringComparison.Ordinal);

        var (exitCode, report) = await _import.RunAsync(text, "--format", format);

        exitCode.ShouldBe(0, report);
        report.ShouldContain($"1 without a password: {kind} hashes are not supported.");
        fixture.Database.Count("Users", $"\"Email\" = '{email}'").ShouldBe(1);
    }

    [Theory]
    [InlineData("identity", """{"UserName":"ada"}""", "line 1: UserName: Enter a valid e-mail address.")]
    [InlineData("keycloak", """[{"username":"ada"}]""", "line 1, user 1: username: Enter a valid e-mail address.")]
    [InlineData(
        "django",
        """{"fields":{"username":"ada","password":"!"}}""",
        "line 1: fields.username: Enter a valid e-mail address."
    )]
    [InlineData("identity", """{"UserName":" "}""", "line 1: Email: An e-mail address is required.")]
    [InlineData(
        "identity",
        "{\"Email\":\"twice@example.com\"}\n{\"UserName\":\"twice@example.com\"}",
        "line 2: UserName: This address is a duplicate of line 1."
    )]
    public async Task A_rejection_names_the_property_with_the_value(string format, string text, string expected)
    {
        var (exitCode, report) = await _import.RunAsync(text, "--format", format);

        exitCode.ShouldBe(1, report);
        report.Split('\n').ShouldContain(expected);
    }

    [Fact]
    public async Task Control_characters_in_a_display_name_become_spaces()
    {
        var email = Account.NewEmail();

        var (exitCode, report) = await ImportAsync(
            new
            {
                email,
                passwordHash = PlainBcrypt,
                displayName = "Ada\r\nLovelace",
            }
        );

        exitCode.ShouldBe(0, report);
        report.ShouldContain("1 display name with line breaks or other control characters, replaced with spaces.");
        var user = (await Account.LoginAsync(fixture.Client, email, Password)).SignIn["user"]!;
        user.Text("displayName").ShouldBe("Ada Lovelace");
    }

    [Fact]
    public async Task A_realm_imported_without_its_format_is_rejected_once()
    {
        var (exitCode, report) = await _import.RunAsync("{\n  \"realm\": \"a\",\n  \"users\": []\n}\n");

        exitCode.ShouldBe(1);
        report.ShouldBe("The file is a JSON document of another format. Use --format keycloak. Nothing was imported.");
    }

    [Fact]
    public async Task An_id_that_is_taken_or_not_a_UUID_is_not_kept()
    {
        var id = Guid.CreateVersion7();
        string[] emails = [.. Enumerable.Range(0, 4).Select(_ => Account.NewEmail())];

        var (exitCode, report) = await ImportAsync(
            new { id, email = emails[0] },
            new { id, email = emails[1] },
            new { id = 17, email = emails[2] },
            new { id = Guid.Empty, email = emails[3] }
        );

        exitCode.ShouldBe(1);
        report.ShouldContain("line 2: id: Another user has this id.");
        report.ShouldContain("Read 4 lines: 3 imported, 1 rejected.");
        fixture.Database.Count("Users", $"\"Email\" IN ('{emails[2]}', '{emails[3]}')").ShouldBe(2);
        (await ImportAsync(new { id, email = emails[1] })).Report.ShouldContain(
            "line 1: id: Another user has this id."
        );
    }

    [Fact]
    public async Task Old_and_new_ids_are_written_in_pairs_on_every_run()
    {
        string[] emails = [Account.NewEmail(), Account.NewEmail()];
        string[] lines =
        [
            Line(new { id = "auth0|1", email = emails[0] }),
            "",
            Line(new { email = "nobody" }),
            Line(new { email = emails[1] }),
        ];
        await File.WriteAllLinesAsync(_import.File, lines, TestContext.Current.CancellationToken);

        await RunAsync("import-users", _import.File, "--ids", _import.IdsFile);
        var first = await File.ReadAllTextAsync(_import.IdsFile, TestContext.Current.CancellationToken);
        await RunAsync("import-users", _import.File, "--ids", _import.IdsFile);
        var second = await File.ReadAllTextAsync(_import.IdsFile, TestContext.Current.CancellationToken);

        var rows = first.TrimEnd().Split('\n').Select(row => JsonNode.Parse(row)!).ToList();
        rows.Select(row => row["line"]!.GetValue<int>()).ShouldBe([1, 4]);
        rows.Select(row => row["oldId"]?.GetValue<string>()).ShouldBe(["auth0|1", null]);
        rows.Select(row => row.Text("email")).ShouldBe(emails);
        rows.Select(row => row.Text("newId")).ShouldBeUnique();
        second.ShouldBe(first);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_import.IdsFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task The_imported_file_is_not_overwritten_by_the_ids()
    {
        await File.WriteAllTextAsync(_import.File, Line(new { email = Account.NewEmail() }), Stop);

        var (exitCode, report) = await RunAsync("import-users", _import.File, "--ids", _import.File);

        exitCode.ShouldBe(1);
        report.ShouldContain("--ids would overwrite");
        (await File.ReadAllTextAsync(_import.File, Stop)).ShouldContain("email");
    }

    [Fact]
    public async Task A_Latin_1_file_is_rejected_with_the_line_number_and_nothing_is_imported()
    {
        string[] emails = [Account.NewEmail(), Account.NewEmail()];
        var text = $$"""
            {"email":"{{emails[0]}}","displayName":"Ada"}
            {"email":"{{emails[1]}}","displayName":"Jürgen"}
            """;
        await File.WriteAllTextAsync(_import.File, text, Encoding.Latin1, Stop);

        var (exitCode, report) = await RunAsync("import-users", _import.File);

        exitCode.ShouldBe(1);
        report.ShouldBe(
            "line 2: the text is not UTF-8 (perhaps Latin-1 or Windows-1252). Save the file as UTF-8. Nothing was imported."
        );
        fixture.Database.Count("Users", $"\"Email\" IN ('{emails[0]}', '{emails[1]}')").ShouldBe(0);
    }

    [Fact]
    public async Task A_file_in_UTF_8_with_a_byte_order_mark_keeps_every_name()
    {
        const string name = "Jürgen Łukasz 山田 🙂";
        var email = Account.NewEmail();
        await File.WriteAllTextAsync(
            _import.File,
            Line(
                new
                {
                    email,
                    displayName = name,
                    passwordHash = PlainBcrypt,
                }
            ),
            Encoding.UTF8,
            Stop
        );

        var (exitCode, report) = await RunAsync("import-users", _import.File);

        exitCode.ShouldBe(0, report);
        (await Account.LoginAsync(fixture.Client, email, Password)).SignIn["user"]!.Text("displayName").ShouldBe(name);
    }

    [Fact]
    public async Task Two_simultaneous_imports_of_one_file_import_each_user_once()
    {
        var users = Enumerable
            .Range(0, 600)
            .Select(_ => Line(new { id = Guid.CreateVersion7(), email = Account.NewEmail() }))
            .ToArray();
        var before = fixture.Database.Count("Users");
        await File.WriteAllLinesAsync(_import.File, users, Stop);

        var reports = await Task.WhenAll(
            RunAsync("import-users", _import.File),
            RunAsync("import-users", _import.File)
        );

        reports.ShouldAllBe(result => result.ExitCode == 0, string.Join('\n', reports.Select(result => result.Report)));
        (fixture.Database.Count("Users") - before).ShouldBe(600);
    }

    [Theory]
    [InlineData(2, "import-users")]
    [InlineData(2, "import-users", "--quietly")]
    [InlineData(2, "import-users", "users", "--format", "ldap")]
    [InlineData(1, "import-users", "/there/is/no/such/file")]
    public async Task A_missing_file_is_reported(int expected, params string[] arguments)
    {
        var (exitCode, report) = await RunAsync(arguments);

        exitCode.ShouldBe(expected);
        report.ShouldNotBeNullOrWhiteSpace();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<string> RefusalAsync(string email, string password)
    {
        using var response = await fixture.Client.PostAsync("/api/auth/login", new { email, password });
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!.AsObject();
        body.Remove("traceId");
        return $"{(int)response.StatusCode} {body.ToJsonString()}";
    }

    private string? StoredHash(string email) =>
        fixture.Database.Scalar($"SELECT \"PasswordHash\" FROM \"Users\" WHERE \"Email\" = '{email}'") as string;

    private static string Line(object user) => JsonSerializer.Serialize(user);

    private Task<(int ExitCode, string Report)> ImportAsync(params object[] users) =>
        ImportLinesAsync([.. users.Select(Line)]);

    private async Task<(int ExitCode, string Report)> ImportLinesAsync(string[] lines)
    {
        await File.WriteAllLinesAsync(_import.File, lines, TestContext.Current.CancellationToken);
        return await RunAsync("import-users", _import.File);
    }

    private Task<(int ExitCode, string Report)> RunAsync(params string[] arguments) => _import.CommandAsync(arguments);
}
