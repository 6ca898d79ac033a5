using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Startup;

/// <summary>The log levels of a service without a settings file.</summary>
[Trait("Engine", "Sqlite")]
public sealed class LogLevelTests : IDisposable
{
    private const string Statements = "Microsoft.EntityFrameworkCore.Database.Command";

    private readonly ProgramCopy _program = new();

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Statements_are_not_logged_by_default(string environment)
    {
        var log = await RunAsync(("ASPNETCORE_ENVIRONMENT", environment), ("DOTNET_ENVIRONMENT", environment));

        log.ShouldNotBeEmpty();
        log.ShouldAllBe(line => !line.Contains(Statements, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Microsoft")]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData(Statements)]
    public async Task A_configured_level_overrides_the_default(string category)
    {
        var log = await RunAsync(($"Logging:LogLevel:{category}", "Information"));

        log.ShouldContain(line => line.Contains(Statements, StringComparison.Ordinal));
    }

    public void Dispose() => _program.Dispose();

    private async Task<IReadOnlyList<string>> RunAsync(params (string, string)[] settings)
    {
        File.Exists(Path.Combine(_program.Folder, "appsettings.json")).ShouldBeFalse();
        using var process = new ServiceProcess(_program, [.. OperatorSettings.Required, .. settings]);
        using var client = await process.ListenAsync();
        await Account.RegisterAsync(client);
        process.Terminate();
        await process.WaitAsync();
        return [.. process.Start, .. process.Log];
    }
}
