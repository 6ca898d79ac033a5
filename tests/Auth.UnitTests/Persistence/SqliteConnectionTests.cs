using System.Globalization;
using Auth.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Auth.UnitTests.Persistence;

public sealed class SqliteConnectionTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(_file);
    }

    [Fact]
    public async Task Every_connection_is_durable_and_has_a_busy_timeout_even_from_the_pool()
    {
        using var file = new SqliteFileWatch();
        var options = new DbContextOptionsBuilder<SqliteAppDbContext>()
            .UseSqlite($"Data Source={_file}")
            .AddInterceptors(new SqliteConnectionSetup(file))
            .Options;
        List<string> seen = [];

        // The first two are new, because both are open at once; the others come from the pool.
        await using var first = new SqliteAppDbContext(options);
        await using var second = new SqliteAppDbContext(options);
        for (var i = 0; i < 3; i++)
        {
            await first.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await second.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            seen.Add(await ReadAsync(first));
            seen.Add(await ReadAsync(second));
            await first.Database.CloseConnectionAsync();
            await second.Database.CloseConnectionAsync();
        }

        seen.ShouldAllBe(setting => setting == "synchronous 2, busy_timeout 5000");
    }

    private static async Task<string> ReadAsync(SqliteAppDbContext context)
    {
        var synchronous = await ReadAsync(context, "synchronous");
        var patience = await ReadAsync(context, "busy_timeout");
        return string.Create(CultureInfo.InvariantCulture, $"synchronous {synchronous}, busy_timeout {patience}");
    }

    private static async Task<object?> ReadAsync(SqliteAppDbContext context, string pragma)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
