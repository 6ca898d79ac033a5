using System.Globalization;
using Auth.Infrastructure.Persistence;

namespace Auth.Bench.Data;

/// <summary>Fills a database with users and sessions, and compares the service on it with a nearly empty one.</summary>
internal static class Tool
{
    private const string Usage = """
        usage: Auth.Bench.Data generate ENGINE CONNECTION [USERS [SESSIONS]]
               Auth.Bench.Data measure ENGINE FULL EMPTY

        ENGINE is Sqlite or Postgres, the others are connection strings. Without numbers there are 1,000,000 users
        and twice as many sessions. The database is made by the service's own migrations and has to be empty.
        "measure" fills EMPTY with a handful of users if there is nothing in it.
        """;

    private static readonly Amounts s_million = new(Users: 1_000_000, Sessions: 2_000_000);

    /// <summary>Enough for a full page of a list, so that pages have the same length on both databases.</summary>
    private static readonly Amounts s_handful = new(Users: 200, Sessions: 400);

    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["generate", var engine, var connection, .. var amounts]
                when Enum.TryParse<DatabaseProvider>(engine, out var provider) && amounts.Length <= 2:
                var users = amounts.Length > 0 ? Number(amounts[0]) : s_million.Users;
                var sessions = amounts.Length > 1 ? Number(amounts[1]) : 2 * users;
                await GenerateAsync(provider, connection, new(users, sessions));
                return 0;

            case ["measure", var engine, var full, var empty]
                when Enum.TryParse<DatabaseProvider>(engine, out var provider):
                return await MeasureAsync(provider, full, empty);

            default:
                await Console.Error.WriteLineAsync(Usage);
                return 1;
        }
    }

    private static async Task GenerateAsync(DatabaseProvider provider, string connection, Amounts amounts)
    {
        await using var service = BenchService.Start(provider, connection);
        await new Generator(service, Console.Out).FillAsync(amounts);
    }

    private static async Task<int> MeasureAsync(DatabaseProvider provider, string full, string empty)
    {
        await using var large = BenchService.Start(provider, full);
        await using var small = BenchService.Start(provider, empty);
        var generator = new Generator(small, TextWriter.Null);
        if (!await generator.IsFilledAsync())
        {
            await generator.FillAsync(s_handful);
        }

        using var plans = new Plans(large);
        await new Comparison(small, large, plans).RunAsync(Console.Out);
        await plans.WriteAsync(Console.Out);
        return 0;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
