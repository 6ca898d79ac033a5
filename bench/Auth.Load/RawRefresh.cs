using System.Data.Common;
using System.Diagnostics;
using Auth.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Auth.Load;

/// <summary>
/// Only the database work of a refresh: one read of the session with its user and roles, and one
/// conditional update, both prepared, on a separate connection for each client.
/// </summary>
internal sealed class RawRefresh(DatabaseProvider provider, string connectionString, IReadOnlyList<Guid> sessionIds)
    : IDisposable
{
    private const string Read = """
        SELECT s.*, u.*, r.* FROM "Sessions" s
        JOIN "Users" u ON u."Id" = s."UserId"
        JOIN "UserRoles" ur ON ur."UserId" = u."Id"
        JOIN "Roles" r ON r."Id" = ur."RoleId"
        WHERE s."Id" = @id
        """;

    private const string Update = """
        UPDATE "Sessions" SET "Generation" = "Generation" + 1, "RotatedAt" = @now, "ExpiresAt" = @expires
        WHERE "Id" = @id AND "Generation" = @generation AND "EndedAt" IS NULL
        """;

    // SQLite has one writer. Waiting in order is faster than polling.
    private readonly SemaphoreSlim _turn = new(provider == DatabaseProvider.Sqlite ? 1 : int.MaxValue);

    /// <summary>Runs such transactions.</summary>
    public async Task<Measurement> MeasureAsync(int clients, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(
            Enumerable.Range(0, clients).Select(client => Task.Run(() => RunAsync(client, clients, start, duration)))
        );
        return new(counts.Sum(), Stopwatch.GetElapsedTime(start), new());
    }

    public void Dispose() => _turn.Dispose();

    private async Task<int> RunAsync(int client, int clients, long start, TimeSpan duration)
    {
        await using var connection = await OpenAsync();
        await using var read = connection.CreateCommand();
        read.CommandText = Read;
        var readId = AddParameter(read, "id", Guid.Empty);
        await read.PrepareAsync();

        await using var update = connection.CreateCommand();
        update.CommandText = Update;
        var now = AddParameter(update, "now", Instant());
        var expires = AddParameter(update, "expires", Instant());
        var updateId = AddParameter(update, "id", Guid.Empty);
        var generation = AddParameter(update, "generation", 1);
        await update.PrepareAsync();

        var count = 0;
        for (var i = client; Stopwatch.GetElapsedTime(start) < duration; i += clients)
        {
            // Each client has its own sessions.
            i = i < sessionIds.Count ? i : client;
            readId.Value = updateId.Value = sessionIds[i];
            await using (var reader = await read.ExecuteReaderAsync())
            {
                await reader.ReadAsync();
                generation.Value = reader.GetInt32(reader.GetOrdinal("Generation"));
            }

            now.Value = expires.Value = Instant();
            await _turn.WaitAsync();
            try
            {
                if (await update.ExecuteNonQueryAsync() != 1)
                {
                    throw new InvalidOperationException("A session was not there, or changed by somebody else.");
                }
            }
            finally
            {
                _turn.Release();
            }

            count++;
        }

        return count;
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection =
            provider == DatabaseProvider.Sqlite
                ? new SqliteConnection(connectionString)
                : new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        if (provider == DatabaseProvider.Sqlite)
        {
            await using var durable = connection.CreateCommand();
            durable.CommandText = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;";
            await durable.ExecuteNonQueryAsync();
        }

        return connection;
    }

    private object Instant()
    {
        var now = TimeProvider.System.GetUtcNow();
        return provider == DatabaseProvider.Sqlite ? now.UtcTicks : now;
    }

    private static DbParameter AddParameter(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
