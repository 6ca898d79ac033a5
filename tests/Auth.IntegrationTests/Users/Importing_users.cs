using System.Diagnostics;
using System.Text.Json;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

/// <summary>The command line on the test's database, while the service runs.</summary>
public sealed class Importing_users(ServiceFixture fixture) : IClassFixture<ServiceFixture>, IDisposable
{
    private const string Password = "correct horse battery staple";

    // All of the same password, made by the software that is named: bcrypt by libxcrypt, BCrypt.Net-Next's enhanced form
    // by its construction, Identity's by its published layout.
    private const string PlainBcrypt = "$2b$04$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6CG";
    private const string EnhancedBcrypt = "$bcrypt-sha384$2a$04$zyxwvutsrqponmlkjihgfeXfua5H5KDrWNxgLeYf6CB0LM/elMcJm";
    private const string IdentityVersion2 = "AAABAgMEBQYHCAkKCwwNDg8A6b+Q5v/5gBndnBKiBiA27187WD3zrXpRRPbHcnNx7A==";
    private const string IdentityVersion3 =
        "AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg+HNphercic/uMU10oVOJcFooxzoeSLoVHx/CnyVEI1LA==";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(PlainBcrypt)]
    [InlineData(EnhancedBcrypt)]
    [InlineData(IdentityVersion2)]
    [InlineData(IdentityVersion3)]
    public async Task A_user_signs_in_with_the_password_they_had_and_its_hash_is_replaced(string hash)
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
    public async Task A_user_needs_an_address_and_a_hash_only()
    {
        var email = Account.NewEmail();
        var (exitCode, report) = await ImportAsync(new { email, passwordHash = PlainBcrypt });

        exitCode.ShouldBe(0, report);
        report.ShouldContain("1 users read: 1 imported, 0 skipped, 0 refused");
        var user = (await Account.LoginAsync(fixture.Client, email, Password)).SignIn["user"]!;
        user.Texts("roles").ShouldBe(["viewer"]);
        user["emailConfirmed"]!.GetValue<bool>().ShouldBeFalse();
        fixture
            .Database.Count("AuditRecords", "\"Type\" = 'user.registered' AND \"Detail\" = 'imported'")
            .ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_user_may_come_without_any_role()
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
    public async Task Lines_that_break_a_rule_are_refused_with_the_reason_and_the_others_taken()
    {
        var email = Account.NewEmail();
        string[] lines =
        [
            "not JSON",
            "",
            Line(new { email = "no address", passwordHash = PlainBcrypt }),
            Line(new { email = Account.NewEmail() }),
            Line(new { email = Account.NewEmail(), passwordHash = "s3cret-in-the-clear" }),
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
                    roles = new[] { "Not A Role" },
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
        ];

        var (exitCode, report) = await ImportLinesAsync(lines);

        exitCode.ShouldBe(1);
        report.ShouldContain("line 1: refused, this is no JSON object");
        report.ShouldContain("line 3: refused, email: This is no e-mail address.");
        report.ShouldContain("line 4: refused, passwordHash: A password hash is needed.");
        report.ShouldContain("line 5: refused, passwordHash: this is no hash of a known kind");
        report.ShouldContain("line 6: refused, passwordHash");
        report.ShouldContain("line 7: refused, passwordHash");
        report.ShouldContain("line 8: refused, roles: there is no role 'nobody'");
        report.ShouldContain("line 9: refused, roles: This is not a list of names of roles.");
        report.ShouldContain("line 10: refused, displayName");
        report.ShouldContain("line 11: refused, this is no JSON object");
        report.ShouldContain("line 12: refused, this is no JSON object");
        report.ShouldContain("line 14: skipped, the address is registered already");
        report.ShouldContain("13 users read: 1 imported, 1 skipped, 11 refused");
        report.ShouldNotContain("s3cret");
        report.ShouldNotContain(PlainBcrypt[30..^1]);
        await Account.LoginAsync(fixture.Client, email, Password);
    }

    [Fact]
    public async Task Roles_that_do_not_fit_into_a_token_together_are_refused()
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
        report.ShouldContain("line 1: refused, roles: The names of all roles and permissions");
        report.ShouldContain("2 users read: 1 imported, 0 skipped, 1 refused");
        await Account.LoginAsync(fixture.Client, email, Password);
    }

    [Fact]
    public async Task It_can_be_started_again()
    {
        var users = Enumerable
            .Range(0, 1200)
            .Select(_ => Line(new { email = Account.NewEmail(), passwordHash = PlainBcrypt }))
            .ToArray();
        var before = fixture.Database.Count("Users");

        (await ImportLinesAsync(users[..700])).ExitCode.ShouldBe(0);
        var (exitCode, report) = await ImportLinesAsync(users);

        exitCode.ShouldBe(0);
        report.ShouldContain("1200 users read: 500 imported, 700 skipped, 0 refused");
        (fixture.Database.Count("Users") - before).ShouldBe(1200);
    }

    [Theory]
    [InlineData(2, "import-users")]
    [InlineData(2, "import-users", "--quietly")]
    [InlineData(1, "import-users", "/there/is/no/such/file")]
    public async Task Without_a_file_it_says_so(int expected, params string[] arguments)
    {
        var (exitCode, report) = await RunAsync(arguments);

        exitCode.ShouldBe(expected);
        report.ShouldNotBeNullOrWhiteSpace();
    }

    private string? StoredHash(string email) =>
        fixture.Database.Scalar($"SELECT \"PasswordHash\" FROM \"Users\" WHERE \"Email\" = '{email}'") as string;

    private static string Line(object user) => JsonSerializer.Serialize(user);

    private Task<(int ExitCode, string Report)> ImportAsync(params object[] users) =>
        ImportLinesAsync([.. users.Select(Line)]);

    private async Task<(int ExitCode, string Report)> ImportLinesAsync(string[] lines)
    {
        await File.WriteAllLinesAsync(_file, lines, TestContext.Current.CancellationToken);
        return await RunAsync("import-users", _file);
    }

    private async Task<(int ExitCode, string Report)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Auth.Api.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add("--Passwords:BcryptCost=4");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Database__Provider"] = fixture.Database.Provider;
        start.Environment["ConnectionStrings__Auth"] = fixture.Database.ConnectionString;
        start.Environment["Security__MasterKey"] = TestService.MasterKey;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var report = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, report);
    }
}
