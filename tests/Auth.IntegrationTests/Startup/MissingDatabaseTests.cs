using System.Net;
using System.Net.Sockets;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Startup;

public sealed class MissingDatabaseTests : IDisposable
{
    private const string Secret = "s3ntinel-of-a-password";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("auth-tests-");

    [Theory]
    [InlineData("Postgres", "Host=127.0.0.1;Port=1;Database=auth;Username=ada;Password=" + Secret, "127.0.0.1:1", "")]
    [InlineData("Postgres", "Host=127.0.0.1;Port=1;Database=auth;Username=ada;Password=" + Secret, "ada", "migrate")]
    [InlineData("SqlServer", "Server=127.0.0.1,1;Database=auth;User Id=ada;Password=" + Secret, "127.0.0.1,1", "")]
    [InlineData("Sqlite", "Data Source={0}/text", "not a SQLite database", "")]
    [InlineData("Sqlite", "Data Source={0}", "cannot be opened", "create-admin --email ada@example.com")]
    public async Task A_missing_database_is_reported_in_one_line(
        string provider,
        string text,
        string expected,
        string verb
    )
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory.FullName, "text"),
            string.Concat(Enumerable.Repeat("This is no database. ", 50)),
            TestContext.Current.CancellationToken
        );
        var settings = OperatorSettings.For(
            provider,
            text.Replace("{0}", _directory.FullName, StringComparison.Ordinal)
        );

        var (exitCode, output, errors) = await ServiceProcess.RunAsync(
            verb.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            [.. settings, ("Database:MigrateOnStartup", "true")]
        );

        exitCode.ShouldBe(1);
        var line = errors.ShouldHaveSingleItem();
        line.ShouldStartWith("Database: ");
        line.ShouldContain(expected);
        line.ShouldEndWith("For a full check, run dotnet Auth.Api.dll doctor.");
        output.ShouldNotContain("   at ");
        (output + line).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Doctor_explains_how_to_fix_it()
    {
        var (exitCode, output, _) = await ServiceProcess.RunAsync(
            ["doctor"],
            OperatorSettings.For("Postgres", "Host=127.0.0.1;Port=1;Database=auth;Password=" + Secret)
        );

        exitCode.ShouldBe(1);
        output.ShouldContain("problem  Database: PostgreSQL at 127.0.0.1:1, database auth: does not respond");
        output.ShouldContain("Fix: ");
        output.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_does_not_consume_the_first_administrator()
    {
        var port = Ports.FindFree();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        (string, string)[] settings =
        [
            ("DOTNET_ENVIRONMENT", "Development"),
            ("ConnectionStrings:Auth", $"Data Source={Path.Combine(_directory.FullName, "auth.db")}"),
            ("Passwords:BcryptCost", "4"),
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"),
        ];

        var (exitCode, output, errors) = await ServiceProcess.RunAsync([], settings);

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldStartWith($"Urls: Port {port} on 127.0.0.1 is already in use.");
        output.ShouldNotContain("   at ");
        output.ShouldNotContain("Exception");

        other.Stop();
        using var next = new ServiceProcess(settings);
        using var client = await next.ListenAsync();
        await next.ReadUntilAsync("Administrator  admin@localhost, password ");
    }

    [Fact]
    public async Task An_unavailable_listen_address_is_one_line_too()
    {
        var settings = OperatorSettings.For("Sqlite", $"Data Source={Path.Combine(_directory.FullName, "auth.db")}");

        var (exitCode, _, errors) = await ServiceProcess.RunAsync(
            [],
            [.. settings, ("ASPNETCORE_URLS", "http://192.0.2.1:5000")]
        );

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldStartWith("Urls: ");
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
