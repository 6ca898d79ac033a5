using Auth.Infrastructure.Persistence;
using Npgsql;

namespace Auth.Load;

/// <summary>
/// Measures concurrent saves that each write an audit record and hash no password: all sessions log out, once. On PostgreSQL
/// also while one of the saves is held up by a lock on its row.
/// </summary>
internal sealed class Logouts(Child service, Dataset dataset, Plan plan, Report report)
{
    private const string What = "POST /api/auth/logout";
    private const int KeptForHeldUp = 2000;

    // Short: each session can log out only once.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync()
    {
        string[] tokens = [.. dataset.IssueForEachSession()];
        var requests = Prepared.Logout(tokens[1..^KeptForHeldUp]);
        service.Measure(requests, Plan.Clients, s_warmUp);
        Pairs undisturbed = new();
        for (var round = 0; round < plan.Rounds; round++)
        {
            undisturbed.Add(null, service.Measure(requests, Plan.Clients, s_slice));
        }

        undisturbed.Report(report, What, dataset.Engine, "", null);
        if (dataset.Provider == DatabaseProvider.Postgres)
        {
            await MeasureHeldUpAsync(tokens[0], Prepared.Logout(tokens[^KeptForHeldUp..]));
        }
    }

    private async Task MeasureHeldUpAsync(string heldUp, Prepared requests)
    {
        await using var source = NpgsqlDataSource.Create(dataset.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            """SELECT 1 FROM "Sessions" WHERE "Id" = $1 FOR UPDATE""",
            connection,
            transaction
        );
        command.Parameters.Add(new() { Value = dataset.SessionIds.First() });
        await command.ExecuteNonQueryAsync();
        using var waiting = new Connection(0, service.Address);
        waiting.Request(Prepared.Logout([heldUp]).Next(0), now: 0);
        await Task.Delay(TimeSpan.FromMilliseconds(200));

        var others = service.Measure(requests, Plan.Clients, s_slice);
        report.Add(
            new(
                $"{What}, while one is held up",
                dataset.Engine,
                Row.Rate((others.Count - others.Errors) / others.Elapsed.TotalSeconds)
            )
            {
                P50 = Row.Time(others.Latencies.Percentile(0.5)),
                P99 = Row.Time(others.Latencies.Percentile(0.99)),
            }
        );
    }
}
