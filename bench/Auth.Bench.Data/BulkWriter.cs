using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Auth.Bench.Data;

/// <summary>Writes many rows as fast as the engine accepts them.</summary>
internal abstract class BulkWriter(DbConnection connection) : IAsyncDisposable
{
    /// <summary>Adds three wrong passwords to every tenth account.</summary>
    public abstract string FailureCountsOfSomeUsers { get; }

    protected abstract string Size { get; }

    /// <summary>Maintenance that the engine would have done over the years.</summary>
    protected abstract string Upkeep { get; }

    public static async Task<BulkWriter> OpenAsync(BenchService service) =>
        await service.OpenAsync() switch
        {
            SqliteConnection sqlite => await SqliteWriter.CreateAsync(sqlite),
            NpgsqlConnection postgres => new PostgresWriter(postgres),
            var other => throw new NotSupportedException(other.GetType().Name),
        };

    public abstract Task WriteAsync<T>(Table<T> table, IEnumerable<T> rows);

    /// <summary>Runs a statement without a timeout, and returns the number of changed rows.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The size of the database, in bytes.</summary>
    public async Task<long> ReadSizeAsync()
    {
        await using var command = CreateCommand(Size);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public Task FinishAsync() => ExecuteAsync(Upkeep);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private DbCommand CreateCommand(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command;
    }

    private static string ColumnsOf<T>(Table<T> table) =>
        string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));

    private sealed class SqliteWriter(SqliteConnection connection) : BulkWriter(connection)
    {
        private const int RowsPerTransaction = 50_000;

        public override string FailureCountsOfSomeUsers =>
            """
                INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
                SELECT randomblob(32), "Id", 3, 0, "CreatedAt" FROM "Users" WHERE rowid % 10 = 0
                """;

        protected override string Size => "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";

        // No ANALYZE: the service does not run it either.
        protected override string Upkeep => "PRAGMA wal_checkpoint(TRUNCATE)";

        /// <summary>Not durable until <see cref="BulkWriter.FinishAsync"/>: for data that can be generated again.</summary>
        public static async Task<BulkWriter> CreateAsync(SqliteConnection connection)
        {
            var writer = new SqliteWriter(connection);
            await writer.ExecuteAsync(
                "PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA busy_timeout = 60000"
            );
            return writer;
        }

        public override async Task WriteAsync<T>(Table<T> table, IEnumerable<T> rows)
        {
            await using var command = connection.CreateCommand();
            var names = Enumerable
                .Range(0, table.Columns.Count)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"@p{i}"));
            command.CommandText =
                $"INSERT INTO \"{table.Name}\" ({ColumnsOf(table)}) VALUES ({string.Join(", ", names)})";
            var parameters = names.Select(name => command.Parameters.AddWithValue(name, DBNull.Value)).ToArray();
            foreach (var chunk in rows.Chunk(RowsPerTransaction))
            {
                await using var transaction = await connection.BeginTransactionAsync();
                command.Transaction = (SqliteTransaction)transaction;
                foreach (var row in chunk)
                {
                    for (var i = 0; i < parameters.Length; i++)
                    {
                        parameters[i].Value = table.Columns[i].Read(row) ?? DBNull.Value;
                    }

                    await command.ExecuteNonQueryAsync();
                }

                await transaction.CommitAsync();
            }
        }
    }

    private sealed class PostgresWriter(NpgsqlConnection connection) : BulkWriter(connection)
    {
        public override string FailureCountsOfSomeUsers =>
            """
                INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
                SELECT sha256("NormalizedEmail"::bytea), "Id", 3, 0, "CreatedAt" FROM "Users" WHERE "Email" LIKE '%7@%'
                """;

        protected override string Size => "SELECT pg_database_size(current_database())";

        protected override string Upkeep => "VACUUM (ANALYZE)";

        public override async Task WriteAsync<T>(Table<T> table, IEnumerable<T> rows)
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                $"COPY \"{table.Name}\" ({ColumnsOf(table)}) FROM STDIN (FORMAT BINARY)"
            );
            // The foreign keys of all rows are checked at the end.
            copy.Timeout = TimeSpan.FromHours(1);
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                foreach (var (_, read) in table.Columns)
                {
                    await copy.WriteAsync(read(row) ?? DBNull.Value);
                }
            }

            await copy.CompleteAsync();
        }
    }
}
