using Auth.Infrastructure.Persistence;

namespace Auth.IntegrationTests.Sql;

/// <summary>Statements that read or change a whole table have a longer timeout than requests.</summary>
public sealed class WholeTableTests
{
    private const int TenMinutes = 600;

    [Theory]
    [InlineData("AuditVerifier", "NOT EXISTS")]
    [InlineData("StateMetrics", "COUNT(*)")]
    [InlineData("MasterKeyUsage", "GROUP BY")]
    [InlineData("UserRepository.EndAllSessions: all users", "INSERT INTO \"Revocations\"")]
    [InlineData("UserRepository.EndAllSessions: except administrators", "INSERT INTO \"Revocations\"")]
    public async Task Whole_table_statements_have_ten_minutes_and_later_commands_on_the_connection_do_not(
        string name,
        string part
    )
    {
        foreach (var engine in Enum.GetValues<DatabaseProvider>())
        {
            await using var recorder = new SqlRecorder(engine);
            var operation = Find(name);

            var commands = await recorder.RecordAsync(operation.Run, operation.Answers?.Invoke(recorder) ?? []);

            commands
                .Single(command =>
                    command.Text.Contains(part, StringComparison.OrdinalIgnoreCase)
                    && command.Text.Contains("SELECT", StringComparison.OrdinalIgnoreCase) // not a single row
                )
                .Timeout.ShouldBe(TenMinutes, $"{engine}");

            // The context goes back to the pool.
            commands = await recorder.RecordAsync(Find("RoleRepository.ListAsync").Run);
            commands.ShouldHaveSingleItem().Timeout.ShouldBe(0, $"{engine}");
        }
    }

    private static SqlOperation Find(string name) => SqlOperations.All.Single(operation => operation.Name == name);
}
