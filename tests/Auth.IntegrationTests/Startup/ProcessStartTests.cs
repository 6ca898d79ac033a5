using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Startup;

public sealed class ProcessStartTests
{
    [Fact]
    public async Task Without_settings_it_reports_what_is_missing_and_stops()
    {
        using var process = new ServiceProcess();

        var (exitCode, output, errors) = await process.WaitAsync();

        exitCode.ShouldBe(1);
        errors.Length.ShouldBe(3, string.Join('\n', errors));
        foreach (var key in new[] { "Security:MasterKey", "Jwt:Issuer", "Jwt:Audience" })
        {
            errors.Where(line => line.StartsWith(key + ": ", StringComparison.Ordinal)).ShouldHaveSingleItem();
        }

        output.ShouldNotContain("listening");
        process.Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Security:MasterKey", "c2hvcnQtc2VjcmV0LWtleQ==")]
    [InlineData("Security:MasterKey", "no base64 at all, but quite long enough for a key")]
    [InlineData("Security:MasterKey", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("Jwt:Issuer", "auth")]
    [InlineData("Jwt:Algorithm", "none")]
    [InlineData("Jwt:AccessTokenLifetime", "15")]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Sessions:GraceWindow", "-00:00:01")]
    [InlineData("Passwords:MinLength", "4")]
    public async Task An_invalid_setting_is_reported_in_one_line_without_revealing_secrets(string key, string value)
    {
        using var process = new ServiceProcess([.. OperatorSettings.Required, (key, value)]);

        var (exitCode, output, errors) = await process.WaitAsync();

        exitCode.ShouldBe(1);
        var line = errors.ShouldHaveSingleItem();
        line.ShouldStartWith(key + ": ");
        if (key == "Security:MasterKey")
        {
            line.ShouldNotContain(value);
        }

        output.ShouldNotContain("listening");
    }

    [Fact]
    public async Task Without_ICU_the_service_does_not_start()
    {
        using var process = new ServiceProcess([
            .. OperatorSettings.Required,
            ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"),
        ]);

        var (exitCode, output, errors) = await process.WaitAsync();

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldStartWith("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: ");
        output.ShouldNotContain("listening");
    }

    [Fact]
    public async Task A_guessable_password_of_the_first_administrator_is_rejected()
    {
        using var process = new ServiceProcess([
            .. OperatorSettings.Required,
            ("Bootstrap:AdminEmail", "root@example.com"),
            ("Bootstrap:AdminPassword", "password1234"),
        ]);

        var (exitCode, output, errors) = await process.WaitAsync();

        exitCode.ShouldBe(1);
        var line = errors.ShouldHaveSingleItem();
        line.ShouldStartWith("Bootstrap:AdminPassword: ");
        line.ShouldNotContain("password1234");
        output.ShouldNotContain("listening");
    }

    [Fact]
    public async Task The_service_listens_with_valid_settings()
    {
        using var process = new ServiceProcess([
            .. OperatorSettings.Required,
            ("Bootstrap:AdminEmail", TestService.AdminEmail),
            ("Bootstrap:AdminPassword", TestService.AdminPassword),
        ]);

        using var client = await process.ListenAsync();

        await client.SendAsync("GET", "/health/ready").ShouldBeAsync(200);
        var admin = await Account.LoginAsAdminAsync(client);
        await client.GetAsync("/api/users", admin.AccessToken).ShouldBeAsync(200);
        using var byCookie = await client.PostAsync(
            "/api/auth/login",
            new { email = admin.Email, password = admin.Password }
        );
        var cookie = byCookie.Cookie().ShouldNotBeNull();
        cookie.Name.Value.ShouldBe("__Secure-refreshToken");
        cookie.Secure.ShouldBeTrue();
        process.Files.ShouldContain("auth.db");
        process.Files.ShouldNotContain(file => file.Contains("key", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_first_administrator_is_announced_when_created_and_not_at_later_starts()
    {
        using var database = new TestDatabase();
        for (var start = 1; start <= 2; start++)
        {
            using var process = new ServiceProcess([
                .. OperatorSettings.Required,
                ("DOTNET_ENVIRONMENT", "Development"),
                ("Database:Provider", database.Provider),
                ("ConnectionStrings:Auth", database.ConnectionString),
                ("Bootstrap:AdminEmail", TestService.AdminEmail),
                ("Bootstrap:AdminPassword", TestService.AdminPassword),
            ]);
            using var client = await process.ListenAsync();
            process.Terminate();
            await process.WaitAsync();

            // The log has its own thread: the announcement may appear before or after the line about listening.
            var written = process.Start.Concat(process.Log).ToList();
            var announced = written.Count(line => line.Contains("Administrator", StringComparison.Ordinal));
            announced.ShouldBe(2 - start, string.Join('\n', written));
        }

        database.Count("AuditRecords", "\"Detail\" = 'first administrator'").ShouldBe(1);
    }

    [Fact]
    public async Task The_start_message_shows_addresses_with_the_path_prefix()
    {
        using var process = new ServiceProcess([
            .. OperatorSettings.Required,
            ("DOTNET_ENVIRONMENT", "Development"),
            ("Hosting:PathBase", "/login"),
        ]);
        using var client = await process.ListenAsync();
        process.Terminate();
        await process.WaitAsync();

        var written = process.Start.Concat(process.Log).ToList();
        foreach (var (name, path) in new[] { ("Account", "/login/account"), ("Swagger UI", "/login/swagger") })
        {
            written
                .Where(line => line.StartsWith($"  {name}  ", StringComparison.Ordinal))
                .ShouldHaveSingleItem()
                .ShouldEndWith(path);
        }
    }

    [Fact]
    public async Task Without_a_configured_administrator_there_is_none_outside_Development()
    {
        using var process = new ServiceProcess(OperatorSettings.Required);

        using var client = await process.ListenAsync();

        await client
            .PostAsync("/api/auth/login", new { email = "admin@localhost", password = "admin" })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await Account.RegisterAsync(client);
    }
}
