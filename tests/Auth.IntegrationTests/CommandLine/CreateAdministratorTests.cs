using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.CommandLine;

public sealed class CreateAdministratorTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Password = "granite-otter-lullaby-20";

    [Fact]
    public async Task Without_a_password_a_random_one_is_generated_and_shown()
    {
        var email = Account.NewEmail();

        var (exitCode, output, errors) = await RunAsync("", "--email", email);

        exitCode.ShouldBe(0, string.Join('\n', errors));
        var password = output.Trim().Split(' ')[^1];
        password.Length.ShouldBeGreaterThanOrEqualTo(20);
        await ShouldBeAdministratorAsync(email, password);
        var details = fixture.Database.Scalar(
            "SELECT COUNT(*) FROM \"AuditRecords\" WHERE \"Type\" = 'user.registered' AND \"Detail\" = 'on the command line'"
        );
        Convert.ToInt64(details, provider: null).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_password_from_standard_input_is_used_and_never_shown()
    {
        var email = Account.NewEmail();

        var (exitCode, output, errors) = await RunAsync(Password + "\n", "--email", email, "--password-stdin");

        exitCode.ShouldBe(0, string.Join('\n', errors));
        (output + string.Concat(errors)).ShouldNotContain(Password);
        await ShouldBeAdministratorAsync(email, Password);
    }

    [Theory]
    [InlineData("password1234\n", "too easy to guess")]
    [InlineData("short\n", "at least 8 characters")]
    [InlineData("seven-violets\0kettles\n", "without NUL characters")]
    [InlineData("", "Standard input is empty")]
    public async Task A_password_that_breaks_a_rule_is_rejected(string input, string reason)
    {
        var email = Account.NewEmail();

        var (exitCode, _, errors) = await RunAsync(input, "--email", email, "--password-stdin");

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain(reason);
        fixture.Database.Count("Users", $"\"Email\" = '{email}'").ShouldBe(0);
    }

    [Fact]
    public async Task Invalid_addresses_are_rejected()
    {
        var (exitCode, _, errors) = await RunAsync("", "--email", "nobody");

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain("valid e-mail address");
    }

    [Fact]
    public async Task A_user_becomes_an_administrator_only_with_the_option()
    {
        var account = await Account.RegisterAsync(fixture.Client);

        var (refused, _, errors) = await RunAsync("", "--email", account.Email);
        refused.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain("--grant");

        var (granted, output, _) = await RunAsync("", "--email", account.Email, "--grant");
        granted.ShouldBe(0);
        output.ShouldContain("is now an administrator");
        await ShouldBeAdministratorAsync(account.Email, account.Password);

        (granted, output, _) = await RunAsync("", "--email", account.Email, "--grant");
        granted.ShouldBe(0);
        output.ShouldContain("already");
        fixture
            .Database.Count(
                "AuditRecords",
                $"\"Type\" = 'user.roles_changed' AND \"UserId\" = {fixture.Database.IdText(account.Id.ToString())}"
                    + " AND \"Detail\" = 'from [viewer] to [admin, viewer], on the command line'"
            )
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_disabled_user_does_not_become_an_administrator()
    {
        var admin = await Account.LoginAsAdminAsync(fixture.Client);
        var account = await Account.RegisterAsync(fixture.Client);
        await fixture
            .Client.PostAsync($"/api/users/{account.Id}/disable", body: null, admin.AccessToken)
            .ShouldBeAsync(200);

        var (exitCode, _, errors) = await RunAsync("", "--email", account.Email, "--grant");

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain("is disabled");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task A_user_becomes_an_administrator_if_their_roles_fit_into_a_token(int over, int expected)
    {
        var admin = await Account.LoginAsAdminAsync(fixture.Client);
        var role = await fixture.Client.GetAsync("/api/roles/admin", admin.AccessToken).ShouldBeAsync(200);
        var name = Administration.NewRoleName();
        var taken = role.Texts("permissions").Append("admin").Append(name).Sum(text => text.Length + 3);
        var permissions = Administration.PermissionsOf(4000 - taken + over);
        await fixture.Client.PostAsync("/api/roles", new { name, permissions }, admin.AccessToken).ShouldBeAsync(201);
        var account = await fixture.Client.GiveRolesAsync(admin, await Account.RegisterAsync(fixture.Client), name);

        var (exitCode, _, errors) = await RunAsync("", "--email", account.Email, "--grant");

        exitCode.ShouldBe(expected, string.Join('\n', errors));
        errors.Length.ShouldBe(over);
    }

    [Fact]
    public async Task Grant_creates_no_user()
    {
        var email = Account.NewEmail();

        var (exitCode, _, errors) = await RunAsync("", "--email", email, "--grant");

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain("no account");
        fixture.Database.Count("Users", $"\"Email\" = '{email}'").ShouldBe(0);
    }

    private async Task ShouldBeAdministratorAsync(string email, string password)
    {
        var signIn = await Account.LoginAsync(fixture.Client, email, password);
        await fixture.Client.GetAsync("/api/users", signIn.AccessToken).ShouldBeAsync(200);
    }

    private Task<(int ExitCode, string Output, string[] Errors)> RunAsync(string input, params string[] arguments) =>
        ServiceProcess.RunAsync(["create-admin", .. arguments], OperatorSettings.For(fixture.Database), input);
}
