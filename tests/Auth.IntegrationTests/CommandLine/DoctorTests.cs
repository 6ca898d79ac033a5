using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.CommandLine;

public sealed class DoctorTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string OtherKey = "VmYq3cJr8sLw1nTz5bKd7gHp0aXe2uRi4oQvMxNyC6E=";

    private (string Key, string Value)[] Settings => OperatorSettings.For(fixture.Database);

    [Fact]
    public async Task A_working_service_has_no_problems()
    {
        var (exitCode, output, errors) = await ServiceProcess.RunAsync(["doctor"], Settings);

        exitCode.ShouldBe(0, output);
        errors.ShouldBeEmpty();
        output.ShouldContain("problems: 0");
        output.ShouldContain("warning  Settings: Passwords:BcryptCost: ");
        foreach (var subject in new[] { "Database", "Engine", "Writing", "Durability", "Schema", "Master key" })
        {
            output.ShouldContain($"ok       {subject}: ");
        }

        output.ShouldContain("ok       Signing keys: ES256 ");
        output.ShouldContain("ok       Administrators: ");
        output.ShouldContain("warning  Second factors: 1 of the administrators has none: a stolen password is enough.");
        if (fixture.Database.Provider != "Sqlite")
        {
            output.ShouldContain("ok       Clock: ");
        }
    }

    [Fact]
    public async Task A_master_key_unknown_to_the_database_is_reported()
    {
        var (exitCode, output, _) = await ServiceProcess.RunAsync(
            ["doctor"],
            [.. Settings, ("Security:MasterKey", OtherKey)]
        );

        exitCode.ShouldBe(1);
        output.ShouldContain("problem  Master key: ");
        output.ShouldContain("is not configured");
        output.ShouldContain("Fix: Add it to Security:PreviousMasterKeys");
        output.ShouldNotContain(OtherKey);
    }

    [Fact]
    public async Task A_previous_master_key_is_shown_with_what_needs_it()
    {
        var (exitCode, output, _) = await ServiceProcess.RunAsync(
            ["doctor"],
            [.. Settings, ("Security:MasterKey", OtherKey), ("Security:PreviousMasterKeys:0", TestService.MasterKey)]
        );

        exitCode.ShouldBe(0, output);
        output.ShouldContain("is still needed by 1 signing keys, ");
        output.ShouldNotContain(TestService.MasterKey);
    }

    [Fact]
    public async Task Settings_that_stop_the_start_are_reported_in_the_same_words()
    {
        (string, string)[] settings =
        [
            .. Settings,
            ("Jwt:Issuer", "http://auth.example.com"),
            ("Cookies:Secure", "No"),
        ];
        using var process = new ServiceProcess(settings);
        var (_, _, lines) = await process.WaitAsync();

        var (exitCode, output, _) = await ServiceProcess.RunAsync(["doctor"], settings);

        exitCode.ShouldBe(1);
        lines.Length.ShouldBe(2);
        lines.ShouldAllBe(line => output.Contains("problem  Settings: " + line, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Engine", "Sqlite")]
    public async Task Files_readable_by_others_are_reported_by_doctor_and_at_startup()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        using var program = new ProgramCopy();
        program.WriteSettings($$"""{ "Security": { "MasterKey": "{{TestService.MasterKey}}" } }""");
        (string, string)[] settings =
        [
            .. OperatorSettings.Required.Where(setting => setting.Key != "Security:MasterKey"),
        ];
        (await ServiceProcess.RunAsync(["migrate"], settings, program: program)).ExitCode.ShouldBe(0);
        var folder = Path.GetDirectoryName(program.Database)!;
        string[] exposed = [Path.Combine(program.Folder, "appsettings.json"), folder, program.Database];

        var (exitCode, output, _) = await ServiceProcess.RunAsync(["doctor"], settings, program: program);
        exitCode.ShouldBe(0, output);
        output.ShouldNotContain("chmod", Case.Sensitive, "other users cannot enter the folder of the program");

        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;
            File.SetUnixFileMode(program.Folder, All | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
            File.SetUnixFileMode(folder, All | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
            File.SetUnixFileMode(exposed[0], All);
            File.SetUnixFileMode(program.Database, All);
        }

        (exitCode, output, _) = await ServiceProcess.RunAsync(["doctor"], settings, program: program);
        exitCode.ShouldBe(0, output);
        using var process = new ServiceProcess(program, settings);
        using var client = await process.ListenAsync();
        foreach (var path in exposed)
        {
            output
                .Split('\n')
                .ShouldContain(line => line.StartsWith("warning  Settings: ") && line.EndsWith(" " + path));
            process.Start.ShouldContain(line => line.Contains($" {path}\"", StringComparison.Ordinal));
        }
    }
}
