using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Startup;

/// <summary>
/// Reports the engine of the run. Each other engine is a skipped test with its prerequisites, unless
/// <c>AUTH_TEST_ELSEWHERE</c> names it, because another run covers it.
/// </summary>
public sealed class TestEngineTests
{
    public static TheoryData<string> Engines { get; } =
    [
        .. new[] { "Sqlite", "Postgres", "SqlServer" }.Except(
            (Environment.GetEnvironmentVariable("AUTH_TEST_ELSEWHERE") ?? "").Split(',')
        ),
    ];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_suite_reports_its_database(string engine)
    {
        if (engine != DatabaseServer.Engine)
        {
            Assert.Skip($"This run is on {DatabaseServer.Engine}. {SayWhatItTakes(engine)}");
        }

        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        await Account.RegisterAsync(service.Client);

        // As reported by the engine itself.
        var version = engine switch
        {
            "Sqlite" => database.Scalar("SELECT 'SQLite ' || sqlite_version()"),
            "Postgres" => database.Scalar("SELECT version()"),
            _ => database.Scalar("SELECT @@VERSION"),
        };
        version
            .ShouldBeOfType<string>()
            .ShouldContain(
                engine switch
                {
                    "Sqlite" => "SQLite",
                    "Postgres" => "PostgreSQL",
                    _ => "SQL Server",
                }
            );
        database.Count("Users", "\"LastSignInAt\" IS NOT NULL").ShouldBe(1);
    }

    private static string SayWhatItTakes(string engine) =>
        engine switch
        {
            "Postgres" when PrivatePostgres.Obstacle is { } obstacle =>
                $"{obstacle}; or name one in AUTH_TEST_POSTGRES",
            "SqlServer" when ContainerSqlServer.FindObstacle() is { } obstacle =>
                $"AUTH_TEST_SQLSERVER names no server, and {obstacle}",
            _ => $"It runs on {engine} with: AUTH_TEST_ENGINE={engine} dotnet test tests/Auth.IntegrationTests",
        };
}
