using System.Net.Sockets;
using Auth.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Auth.UnitTests.Persistence;

/// <summary>What SQL Server says is tested with its driver, in <c>DatabaseOutageTests</c>.</summary>
public sealed class DatabaseFailuresTests
{
    private static readonly SocketException s_refused = new((int)SocketError.ConnectionRefused);

    [Theory]
    [InlineData(5, 5, nameof(DatabaseOutage.Overloaded))] // BUSY
    [InlineData(5, 517, nameof(DatabaseOutage.Overloaded))] // BUSY_SNAPSHOT
    [InlineData(6, 262, nameof(DatabaseOutage.Overloaded))] // LOCKED_SHAREDCACHE
    [InlineData(13, 13, nameof(DatabaseOutage.Overloaded))] // FULL
    [InlineData(10, 778, nameof(DatabaseOutage.Unreachable))] // IOERR_WRITE
    [InlineData(14, 14, nameof(DatabaseOutage.Unreachable))] // CANTOPEN
    [InlineData(8, 8, nameof(DatabaseOutage.ReadOnly))] // READONLY
    [InlineData(8, 264, nameof(DatabaseOutage.ReadOnly))] // READONLY_RECOVERY
    [InlineData(8, 520, nameof(DatabaseOutage.ReadOnly))] // READONLY_CANTLOCK
    [InlineData(8, 776, nameof(DatabaseOutage.ReadOnly))] // READONLY_ROLLBACK
    [InlineData(8, 1032, nameof(DatabaseOutage.ReadOnly))] // READONLY_DBMOVED
    [InlineData(8, 1288, nameof(DatabaseOutage.ReadOnly))] // READONLY_CANTINIT
    [InlineData(8, 1544, nameof(DatabaseOutage.ReadOnly))] // READONLY_DIRECTORY
    [InlineData(1544, 1544, nameof(DatabaseOutage.ReadOnly))]
    [InlineData(19, 2067, null)] // CONSTRAINT_UNIQUE
    [InlineData(1, 1, null)] // a missing table
    public void SQLite_is_judged_by_its_primary_code(int code, int extended, string? expected) =>
        NameOf(new SqliteException("text", code, extended)).ShouldBe(expected);

    [Theory]
    [InlineData("25006", nameof(DatabaseOutage.ReadOnly))]
    [InlineData("57P01", nameof(DatabaseOutage.Unreachable))]
    [InlineData("57P02", nameof(DatabaseOutage.Unreachable))]
    [InlineData("57P03", nameof(DatabaseOutage.Unreachable))]
    [InlineData("08006", nameof(DatabaseOutage.Unreachable))]
    [InlineData("28P01", nameof(DatabaseOutage.Unreachable))]
    [InlineData("3D000", nameof(DatabaseOutage.Unreachable))]
    [InlineData("58030", nameof(DatabaseOutage.Unreachable))]
    [InlineData("53100", nameof(DatabaseOutage.Overloaded))]
    [InlineData("53200", nameof(DatabaseOutage.Overloaded))]
    [InlineData("53300", nameof(DatabaseOutage.Overloaded))]
    [InlineData("57014", nameof(DatabaseOutage.Overloaded))]
    [InlineData("40001", nameof(DatabaseOutage.Overloaded))]
    [InlineData("40P01", nameof(DatabaseOutage.Overloaded))]
    [InlineData("55P03", nameof(DatabaseOutage.Overloaded))]
    [InlineData("23505", null)]
    [InlineData("42P01", null)]
    [InlineData("22001", null)]
    public void PostgreSQL_is_judged_by_its_state(string state, string? expected) =>
        NameOf(new DbUpdateException("text", new PostgresException("text", "ERROR", "ERROR", state)))
            .ShouldBe(expected);

    [Fact]
    public void A_driver_without_an_answer_of_the_server_is_an_outage()
    {
        Exception[] failures =
        [
            new NpgsqlException("No suitable host was found."),
            new NpgsqlException("Unable to connect", new AggregateException(s_refused)),
            new AggregateException(new InvalidOperationException("defect"), s_refused),
            new InvalidOperationException("Likely transient", new IOException("broken", s_refused)),
            new EndOfStreamException(),
        ];

        failures.ShouldAllBe(failure => DatabaseFailures.FindOutage(failure) == DatabaseOutage.Unreachable);
    }

    [Fact]
    public void What_EF_Core_has_given_up_on_is_an_outage_whatever_it_is() =>
        DatabaseFailures
            .FindOutage(new RetryLimitExceededException("text", new DbUpdateException("text")))
            .ShouldBe(DatabaseOutage.Overloaded);

    [Fact]
    public void A_defect_is_not_an_outage()
    {
        DatabaseFailures.FindOutage(new InvalidOperationException("defect")).ShouldBeNull();
        DatabaseFailures.FindOutage(new DbUpdateConcurrencyException("text")).ShouldBeNull();
        DatabaseFailures.ForLog(new InvalidOperationException("defect")).ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public void The_driver_describes_what_has_happened()
    {
        DatabaseFailures
            .Describe(new RetryLimitExceededException("text", new NpgsqlException("Failed to connect", s_refused)))
            .ShouldBe($"Failed to connect: {s_refused.Message}");
        DatabaseFailures
            .Describe(new DbUpdateException("text", new SqliteException("disk full", 13)))
            .ShouldBe("disk full");
        DatabaseFailures.Describe(new TimeoutException("The writers\nwait.")).ShouldBe("The writers wait.");
    }

    [Theory]
    [InlineData("22P02", "invalid input syntax for type uuid: \"s3ntinel\"")]
    [InlineData("P0001", "Not s3ntinel")]
    public void Texts_that_quote_values_are_left_out(string state, string text)
    {
        var failure = DatabaseFailures.ForLog(
            new DbUpdateException("text", new PostgresException(text, "ERROR", "ERROR", state))
        );

        failure.ToString().ShouldNotContain("s3ntinel");
        failure.ToString().ShouldContain(state);
    }

    [Fact]
    public void Details_are_left_out()
    {
        var failure = new PostgresException(
            "duplicate key value violates unique constraint \"UX\"",
            "ERROR",
            "ERROR",
            "23505",
            detail: "Key (x)=(s3ntinel) already exists."
        );

        DatabaseFailures.ForLog(failure).ToString().ShouldNotContain("s3ntinel");
        DatabaseFailures.Describe(failure).ShouldBe("23505: duplicate key value violates unique constraint \"UX\"");
    }

    private static string? NameOf(Exception failure) => DatabaseFailures.FindOutage(failure)?.ToString();
}
