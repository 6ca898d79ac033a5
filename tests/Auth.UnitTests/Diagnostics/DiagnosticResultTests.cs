using System.Net.Sockets;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Diagnostics;
using Auth.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Auth.UnitTests.Diagnostics;

public sealed class DiagnosticResultTests
{
    [Theory]
    [InlineData(0, DiagnosticLevel.Ok)]
    [InlineData(5, DiagnosticLevel.Ok)]
    [InlineData(-5.1, DiagnosticLevel.Warning)]
    [InlineData(30, DiagnosticLevel.Warning)]
    [InlineData(-30.1, DiagnosticLevel.Problem)]
    public void Clocks_may_differ_a_little(double seconds, DiagnosticLevel level) =>
        EngineChecks.CheckClock(TimeSpan.FromSeconds(seconds)).Level.ShouldBe(level);

    [Theory]
    [InlineData(100, DiagnosticLevel.Problem)]
    [InlineData(120, DiagnosticLevel.Problem)]
    [InlineData(130, DiagnosticLevel.Ok)]
    [InlineData(160, DiagnosticLevel.Ok)]
    public void SQL_Server_must_support_OPENJSON(int compatibilityLevel, DiagnosticLevel level)
    {
        var finding = SqlServerChecks.CheckCompatibility(compatibilityLevel);

        finding.Level.ShouldBe(level);
        finding.Text.ShouldStartWith($"compatibility_level is {compatibilityLevel}");
    }

    [Theory]
    [InlineData(true, true, 1, 5, 0, 0, DiagnosticLevel.Ok, "is in use")]
    [InlineData(false, true, 1, 0, 0, 0, DiagnosticLevel.Ok, "still needed")]
    [InlineData(false, true, 0, 5, 0, 0, DiagnosticLevel.Ok, "still needed")]
    [InlineData(false, true, 0, 0, 2, 0, DiagnosticLevel.Ok, "still needed")]
    [InlineData(false, true, 0, 0, 0, 3, DiagnosticLevel.Ok, "still needed")]
    [InlineData(false, true, 0, 0, 0, 0, DiagnosticLevel.Ok, "remove it once")]
    [InlineData(false, false, 1, 0, 0, 0, DiagnosticLevel.Problem, "not configured")]
    [InlineData(false, false, 0, 5, 0, 0, DiagnosticLevel.Problem, "not configured")]
    [InlineData(false, false, 0, 0, 2, 0, DiagnosticLevel.Problem, "not configured")]
    public void A_master_key_in_use_has_to_be_configured(
        bool isCurrent,
        bool isConfigured,
        int signingKeys,
        int passwords,
        int mails,
        int flows,
        DiagnosticLevel level,
        string text
    )
    {
        var finding = KeyDiagnostics.Check(
            new("0a1b2c3d", isCurrent, isConfigured, signingKeys, passwords, mails, flows)
        );

        finding.Level.ShouldBe(level);
        finding.Text.ShouldContain("0a1b2c3d");
        finding.Text.ShouldContain(text);
    }

    [Theory]
    [InlineData(
        DatabaseProvider.Sqlite,
        "Data Source=/data/auth.db;Password=s3ntinel",
        "the SQLite file /data/auth.db"
    )]
    [InlineData(
        DatabaseProvider.SqlServer,
        "Server=tcp:db,1433;Database=auth;User Id=ada;Password=s3ntinel",
        "SQL Server at tcp:db,1433, database auth, user ada"
    )]
    [InlineData(
        DatabaseProvider.SqlServer,
        "Server=db;Database=auth;Integrated Security=true",
        "SQL Server at db, database auth"
    )]
    [InlineData(
        DatabaseProvider.Postgres,
        "Host=db;Database=auth;Username=ada;Password=s3ntinel",
        "PostgreSQL at db:5432, database auth, user ada"
    )]
    public void A_database_is_described_without_its_password(
        DatabaseProvider provider,
        string text,
        string described
    ) => DatabaseTarget.Find(provider, text)!.ToString().ShouldBe(described);

    [Fact]
    public void The_cause_is_found_at_any_depth()
    {
        var options = new DatabaseOptions
        {
            Provider = DatabaseProvider.Postgres,
            ConnectionString = "Host=db;Database=auth",
        };
        var failure = new InvalidOperationException(
            "Likely a transient failure.",
            new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused))
        );

        var problem = DatabaseProblem.Find(failure, options).ShouldNotBeNull();

        problem.Text.ShouldStartWith("PostgreSQL at db:5432, database auth: does not respond (");
        problem.Text.ShouldContain(new SocketException((int)SocketError.ConnectionRefused).Message);
    }

    [Theory]
    [InlineData("28P01", "rejects the user")]
    [InlineData("28000", "rejects the user")]
    [InlineData("3D000", "does not exist")]
    [InlineData("42501", "insufficient permissions")]
    [InlineData("53300", "53300")]
    public void A_message_of_the_server_becomes_one_line(string sqlState, string expected)
    {
        var options = new DatabaseOptions
        {
            Provider = DatabaseProvider.Postgres,
            ConnectionString = "Host=db;Database=auth",
        };
        var failure = new PostgresException("in two\nlines.", "FATAL", "FATAL", sqlState);

        var problem = DatabaseProblem.Find(failure, options).ShouldNotBeNull();

        problem.Text.ShouldContain(expected);
        (problem.Text + problem.Remedy).ShouldNotContain('\n');
    }

    [Theory]
    [InlineData(5, "locked")]
    [InlineData(8, "is read-only")]
    [InlineData(11, "damaged")]
    [InlineData(13, "full")]
    [InlineData(14, "cannot be opened")]
    [InlineData(26, "not a SQLite database")]
    [InlineData(1, "reports an error")]
    public void A_message_of_SQLite_becomes_one_line(int code, string expected)
    {
        var options = new DatabaseOptions { ConnectionString = "Data Source=/data/auth.db" };

        DatabaseProblem.Find(new SqliteException("text", code), options)!.Text.ShouldContain(expected);
    }

    [Fact]
    public void A_bug_is_not_reported_as_a_database_problem() =>
        DatabaseProblem
            .Find(new InvalidOperationException("defect"), new() { ConnectionString = "Data Source=auth.db" })
            .ShouldBeNull();
}
