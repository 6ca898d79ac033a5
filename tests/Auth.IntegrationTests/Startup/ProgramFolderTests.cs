using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Startup;

/// <summary>The program's folder determines settings and data; the current directory has no effect.</summary>
[Trait("Engine", "Sqlite")]
public sealed class ProgramFolderTests : IDisposable
{
    private readonly ProgramCopy _program = new();

    [Theory]
    [InlineData("doctor")]
    [InlineData("create-admin --email ada@example.com")]
    [InlineData("create-admin --email ada@example.com --grant")]
    [InlineData("import-users users.ndjson")]
    [InlineData("audit verify")]
    public async Task A_command_reports_a_missing_database_file_and_creates_nothing(string command)
    {
        var (exitCode, output, errors) = await RunAsync(command);

        exitCode.ShouldBe(1);
        (output + string.Join('\n', errors)).ShouldContain(_program.Database + " does not exist");
        Directory.Exists(Path.GetDirectoryName(_program.Database)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Commands_find_the_database_created_by_migrate(string environment)
    {
        (string, string)[] settings =
            environment == "Production" ? OperatorSettings.Required : [("Passwords:BcryptCost", "4")];
        settings = [.. settings, ("DOTNET_ENVIRONMENT", environment)];

        (await RunAsync("migrate", settings)).ExitCode.ShouldBe(0);
        var (exitCode, _, errors) = await RunAsync("create-admin --email ada@example.com", settings);

        exitCode.ShouldBe(0, string.Join('\n', errors));
        File.Exists(_program.Database).ShouldBeTrue();
        (await RunAsync("create-admin --email ada@example.com", settings)).ExitCode.ShouldBe(1, "she is one already");
    }

    [Fact]
    public async Task A_command_does_not_replace_a_missing_generated_master_key()
    {
        (string, string)[] settings = [("DOTNET_ENVIRONMENT", "Development")];
        (await RunAsync("migrate", settings)).ExitCode.ShouldBe(0);
        var key = _program.Database + ".master-key";
        File.Delete(key);

        var (exitCode, output, _) = await RunAsync("doctor", settings);

        exitCode.ShouldBe(1);
        output.ShouldContain(key);
        File.Exists(key).ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_that_does_not_migrate_creates_no_database()
    {
        using var process = new ServiceProcess(
            _program,
            [.. OperatorSettings.Required, ("Database:MigrateOnStartup", "false")]
        );

        var (exitCode, _, errors) = await process.WaitAsync();

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain(_program.Database + " does not exist");
        File.Exists(_program.Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_settings_file_it_logs_little_and_its_files_are_private()
    {
        using var process = new ServiceProcess(_program, OperatorSettings.Required);
        using var client = await process.ListenAsync();
        await Account.RegisterAsync(client);
        process.Terminate();
        await process.WaitAsync();

        process.Files.ShouldBeEmpty();
        string[] written = [.. process.Start, .. process.Log];
        written.ShouldAllBe(line => !line.Contains("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));
        written.ShouldAllBe(line => !line.Contains("Microsoft.AspNetCore", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            File.GetUnixFileMode(_program.Database).ShouldBe(Owner);
            File.GetUnixFileMode(Path.GetDirectoryName(_program.Database)!).ShouldBe(Owner | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task Settings_files_are_not_watched()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux names what a process has open");
        _program.WriteSettings("{}");
        using var process = new ServiceProcess(_program, OperatorSettings.Required);
        using var client = await process.ListenAsync();

        // If a user's inotify instances are exhausted, a file watcher would stop the start.
        process.OpenFiles.ShouldNotContain(file => file.Contains("inotify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_settings_file_is_read_from_the_program_folder()
    {
        _program.WriteSettings("""{ "Lockout": { "Treshold": 3 } }""");

        using var process = new ServiceProcess(_program, OperatorSettings.Required);
        var (exitCode, _, errors) = await process.WaitAsync();

        exitCode.ShouldBe(1);
        errors.ShouldBe(["Lockout:Treshold: Unknown setting. Did you mean Lockout:Threshold?"]);
    }

    [Fact]
    public async Task A_database_in_the_current_directory_is_not_replaced_by_an_empty_one_elsewhere()
    {
        (await RunAsync("migrate")).ExitCode.ShouldBe(0);
        using var other = new ProgramCopy();

        var (exitCode, _, errors) = await ServiceProcess.RunAsync(
            ["migrate"],
            OperatorSettings.Required,
            program: other,
            currentFolder: _program.Folder
        );

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain(_program.Database);
        File.Exists(other.Database).ShouldBeFalse();
    }

    public void Dispose() => _program.Dispose();

    private Task<(int ExitCode, string Output, string[] Errors)> RunAsync(
        string command,
        (string, string)[]? settings = null
    ) => ServiceProcess.RunAsync(command.Split(' '), settings ?? OperatorSettings.Required, program: _program);
}
