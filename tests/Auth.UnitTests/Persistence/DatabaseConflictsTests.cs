using System.Reflection;
using Auth.Infrastructure.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Auth.UnitTests.Persistence;

public sealed class DatabaseConflictsTests
{
    private const int SqliteConstraint = 19;

    [Theory]
    [InlineData(787, true)] // FOREIGN KEY
    [InlineData(1555, true)] // PRIMARY KEY
    [InlineData(1811, true)] // ON DELETE RESTRICT
    [InlineData(2067, true)] // UNIQUE
    [InlineData(2579, true)] // rowid
    [InlineData(275, false)] // CHECK
    [InlineData(1299, false)] // NOT NULL
    public void On_SQLite_broken_keys_are_lost_races(int extendedCode, bool isLostRace) =>
        DatabaseConflicts
            .IsLostRace(new SqliteException("constraint failed", SqliteConstraint, extendedCode))
            .ShouldBe(isLostRace);

    [Theory]
    [InlineData("23001", true)] // ON DELETE RESTRICT, from version 18 on
    [InlineData("23503", true)] // foreign key
    [InlineData("23505", true)] // unique
    [InlineData("40001", true)] // serialization failure
    [InlineData("40P01", true)] // deadlock
    [InlineData("23502", false)] // not null
    [InlineData("23514", false)] // check
    [InlineData("57P03", false)] // cannot connect now
    public void On_PostgreSQL_broken_keys_and_deadlocks_are_lost_races(string state, bool isLostRace) =>
        DatabaseConflicts.IsLostRace(new PostgresException("refused", "ERROR", "ERROR", state)).ShouldBe(isLostRace);

    [Theory]
    [InlineData(547, true)] // foreign key
    [InlineData(1205, true)] // deadlock victim
    [InlineData(2601, true)] // unique index
    [InlineData(2627, true)] // unique constraint or primary key
    [InlineData(3960, true)] // snapshot isolation
    [InlineData(515, false)] // not null
    [InlineData(4060, false)] // the database cannot be opened
    public void On_SQL_Server_broken_keys_and_deadlocks_are_lost_races(int number, bool isLostRace) =>
        DatabaseConflicts.IsLostRace(MakeSqlException(number)).ShouldBe(isLostRace);

    [Fact]
    public void A_row_that_was_changed_is_a_lost_race() =>
        DatabaseConflicts.IsLostRace(new DbUpdateConcurrencyException("0 rows")).ShouldBeTrue();

    [Fact]
    public void The_cause_of_a_failure_counts_however_it_is_wrapped()
    {
        var cause = new PostgresException("deadlock detected", "ERROR", "ERROR", "40P01");

        DatabaseConflicts
            .IsLostRace(new RetryLimitExceededException("gave up", new DbUpdateException("not saved", cause)))
            .ShouldBeTrue();
        DatabaseConflicts.IsLostRace(new DbUpdateException("not saved", new TimeoutException())).ShouldBeFalse();
    }

    // The client library lets nobody else make one.
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
