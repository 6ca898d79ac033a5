using System.Net.Sockets;
using System.Reflection;
using Auth.Infrastructure.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Auth.UnitTests.Persistence;

/// <summary>Outages of SQL Server are tested with its driver, in <c>DatabaseOutageTests</c>.</summary>
public sealed class DatabaseErrorTests
{
    private static readonly SocketException s_refused = new((int)SocketError.ConnectionRefused);

    [Theory]
    [InlineData(5, 5, nameof(DatabaseErrorKind.Overloaded))] // BUSY
    [InlineData(5, 517, nameof(DatabaseErrorKind.Overloaded))] // BUSY_SNAPSHOT
    [InlineData(6, 262, nameof(DatabaseErrorKind.Overloaded))] // LOCKED_SHAREDCACHE
    [InlineData(13, 13, nameof(DatabaseErrorKind.Overloaded))] // FULL
    [InlineData(10, 778, nameof(DatabaseErrorKind.Unreachable))] // IOERR_WRITE
    [InlineData(14, 14, nameof(DatabaseErrorKind.Unreachable))] // CANTOPEN
    [InlineData(8, 8, nameof(DatabaseErrorKind.ReadOnly))] // READONLY
    [InlineData(8, 264, nameof(DatabaseErrorKind.ReadOnly))] // READONLY_RECOVERY
    [InlineData(8, 520, nameof(DatabaseErrorKind.ReadOnly))] // READONLY_CANTLOCK
    [InlineData(8, 776, nameof(DatabaseErrorKind.ReadOnly))] // READONLY_ROLLBACK
    [InlineData(8, 1032, nameof(DatabaseErrorKind.ReadOnly))] // READONLY_DBMOVED
    [InlineData(8, 1288, nameof(DatabaseErrorKind.ReadOnly))] // READONLY_CANTINIT
    [InlineData(8, 1544, nameof(DatabaseErrorKind.ReadOnly))] // READONLY_DIRECTORY
    [InlineData(1544, 1544, nameof(DatabaseErrorKind.ReadOnly))]
    [InlineData(19, 787, nameof(DatabaseErrorKind.LostRace))] // FOREIGN KEY
    [InlineData(19, 1555, nameof(DatabaseErrorKind.LostRace))] // PRIMARY KEY
    [InlineData(19, 1811, nameof(DatabaseErrorKind.LostRace))] // ON DELETE RESTRICT
    [InlineData(19, 2067, nameof(DatabaseErrorKind.LostRace))] // UNIQUE
    [InlineData(19, 2579, nameof(DatabaseErrorKind.LostRace))] // rowid
    [InlineData(19, 275, nameof(DatabaseErrorKind.Unexpected))] // CHECK
    [InlineData(19, 1299, nameof(DatabaseErrorKind.Unexpected))] // NOT NULL
    [InlineData(1, 1, nameof(DatabaseErrorKind.Unexpected))] // a missing table
    public void SQLite_errors_are_classified_by_code(int code, int extended, string expected) =>
        KindOf(new SqliteException("text", code, extended)).ShouldBe(expected);

    [Theory]
    [InlineData("25006", nameof(DatabaseErrorKind.ReadOnly))]
    [InlineData("57P01", nameof(DatabaseErrorKind.Unreachable))]
    [InlineData("57P02", nameof(DatabaseErrorKind.Unreachable))]
    [InlineData("57P03", nameof(DatabaseErrorKind.Unreachable))]
    [InlineData("08006", nameof(DatabaseErrorKind.Unreachable))]
    [InlineData("28P01", nameof(DatabaseErrorKind.Unreachable))]
    [InlineData("3D000", nameof(DatabaseErrorKind.Unreachable))]
    [InlineData("58030", nameof(DatabaseErrorKind.Unreachable))]
    [InlineData("53100", nameof(DatabaseErrorKind.Overloaded))]
    [InlineData("53200", nameof(DatabaseErrorKind.Overloaded))]
    [InlineData("53300", nameof(DatabaseErrorKind.Overloaded))]
    [InlineData("57014", nameof(DatabaseErrorKind.Overloaded))]
    [InlineData("55P03", nameof(DatabaseErrorKind.Overloaded))]
    [InlineData("23001", nameof(DatabaseErrorKind.LostRace))] // ON DELETE RESTRICT, from version 18 on
    [InlineData("23503", nameof(DatabaseErrorKind.LostRace))] // foreign key
    [InlineData("23505", nameof(DatabaseErrorKind.LostRace))] // unique
    [InlineData("40001", nameof(DatabaseErrorKind.LostRace))] // serialization failure
    [InlineData("40P01", nameof(DatabaseErrorKind.LostRace))] // deadlock
    [InlineData("23502", nameof(DatabaseErrorKind.Unexpected))] // not null
    [InlineData("23514", nameof(DatabaseErrorKind.Unexpected))] // check
    [InlineData("42P01", nameof(DatabaseErrorKind.Unexpected))]
    [InlineData("22001", nameof(DatabaseErrorKind.Unexpected))]
    public void PostgreSQL_errors_are_classified_by_SQLSTATE(string state, string expected) =>
        KindOf(new DbUpdateException("text", new PostgresException("text", "ERROR", "ERROR", state)))
            .ShouldBe(expected);

    [Theory]
    [InlineData(547, nameof(DatabaseErrorKind.LostRace))] // foreign key
    [InlineData(1205, nameof(DatabaseErrorKind.LostRace))] // deadlock victim
    [InlineData(2601, nameof(DatabaseErrorKind.LostRace))] // unique index
    [InlineData(2627, nameof(DatabaseErrorKind.LostRace))] // unique constraint or primary key
    [InlineData(3960, nameof(DatabaseErrorKind.LostRace))] // snapshot isolation
    [InlineData(515, nameof(DatabaseErrorKind.Unexpected))] // not null
    [InlineData(4060, nameof(DatabaseErrorKind.Unreachable))] // the database cannot be opened
    public void SQL_Server_errors_are_classified_by_number(int number, string expected) =>
        KindOf(MakeSqlException(number)).ShouldBe(expected);

    [Fact]
    public void A_changed_row_is_a_lost_race() =>
        DatabaseError.IsLostRace(new DbUpdateConcurrencyException("0 rows")).ShouldBeTrue();

    [Fact]
    public void Wrapped_failures_are_classified_by_their_cause()
    {
        var cause = new PostgresException("deadlock detected", "ERROR", "ERROR", "40P01");

        DatabaseError
            .IsLostRace(new RetryLimitExceededException("gave up", new DbUpdateException("not saved", cause)))
            .ShouldBeTrue();
        DatabaseError.IsLostRace(new DbUpdateException("not saved", new TimeoutException())).ShouldBeFalse();
    }

    [Fact]
    public void A_driver_error_without_a_server_response_is_an_outage()
    {
        Exception[] failures =
        [
            new NpgsqlException("No suitable host was found."),
            new NpgsqlException("Unable to connect", new AggregateException(s_refused)),
            new AggregateException(new InvalidOperationException("defect"), s_refused),
            new InvalidOperationException("Likely transient", new IOException("broken", s_refused)),
            new EndOfStreamException(),
        ];

        failures.ShouldAllBe(failure => KindOf(failure) == nameof(DatabaseErrorKind.Unreachable));
    }

    [Fact]
    public void Any_error_after_exhausted_EF_Core_retries_is_an_outage() =>
        KindOf(new RetryLimitExceededException("text", new DbUpdateException("text")))
            .ShouldBe(nameof(DatabaseErrorKind.Overloaded));

    [Fact]
    public void A_bug_is_not_an_outage()
    {
        DatabaseError.From(new InvalidOperationException("defect")).ShouldBeNull();
        DatabaseError.ForLog(new InvalidOperationException("defect")).ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public void The_message_of_the_driver_is_reported()
    {
        DatabaseError
            .Describe(new RetryLimitExceededException("text", new NpgsqlException("Failed to connect", s_refused)))
            .ShouldBe($"Failed to connect: {s_refused.Message}");
        DatabaseError
            .Describe(new DbUpdateException("text", new SqliteException("disk full", 13)))
            .ShouldBe("disk full");
        DatabaseError.Describe(new TimeoutException("The writers\nwait.")).ShouldBe("The writers wait.");
    }

    [Theory]
    [InlineData("22P02", "invalid input syntax for type uuid: \"s3ntinel\"")]
    [InlineData("P0001", "Not s3ntinel")]
    public void Messages_that_quote_values_are_omitted(string state, string text)
    {
        var failure = DatabaseError.ForLog(
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

        DatabaseError.ForLog(failure).ToString().ShouldNotContain("s3ntinel");
        DatabaseError.Describe(failure).ShouldBe("23505: duplicate key value violates unique constraint \"UX\"");
    }

    private static string? KindOf(Exception failure) => DatabaseError.From(failure)?.Kind.ToString();

    // The client library has no public constructor.
    private static SqlException MakeSqlException(int number)
    {
        const BindingFlags Internal = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
        var constructor = typeof(SqlError)
            .GetConstructors(Internal)
            .OrderBy(constructor => constructor.GetParameters().Length)
            .First();
        var error = constructor.Invoke([
            .. constructor
                .GetParameters()
                .Select(parameter =>
                    parameter.Position == 0 ? number
                    : parameter.ParameterType == typeof(string) ? ""
                    : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
                    : null
                ),
        ]);
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Internal)!.Invoke(errors, [error]);
        return (SqlException)
            typeof(SqlException)
                .GetMethod("CreateException", Internal, [typeof(SqlErrorCollection), typeof(string)])!
                .Invoke(null, [errors, ""])!;
    }
}
