using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.CommandLine;

public sealed class MigrateTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task The_command_migrates_even_if_startup_does_not()
    {
        (string, string)[] settings = [.. OperatorSettings.For(_database), ("Database:MigrateOnStartup", "false")];

        using (var tooEarly = new ServiceProcess(settings))
        {
            var (refused, output, errors) = await tooEarly.WaitAsync();
            refused.ShouldBe(1);
            var line = errors.ShouldHaveSingleItem();
            line.ShouldContain(_database.Provider == "Sqlite" ? "does not exist" : "_Initial");
            line.ShouldContain("dotnet Auth.Api.dll migrate");
            output.ShouldNotContain("listening");
        }

        (await ServiceProcess.RunAsync(["doctor"], settings)).ExitCode.ShouldBe(1);

        var migrations = await Task.WhenAll(
            ServiceProcess.RunAsync(["migrate"], settings),
            ServiceProcess.RunAsync(["migrate"], settings)
        );
        foreach (var (exitCode, output, errors) in migrations)
        {
            exitCode.ShouldBe(0, string.Join('\n', errors));
            output.ShouldContain("up to date");
        }

        migrations.ShouldContain(run => run.Output.Contains("_Initial", StringComparison.Ordinal));
        _database.Count("Roles").ShouldBe(3);
        using var service = new ServiceProcess(settings);
        using var client = await service.ListenAsync();
        await client.SendAsync("GET", "/health/ready").ShouldBeAsync(200);
    }

    public void Dispose() => _database.Dispose();
}
