using Auth.Infrastructure.Persistence;
using Npgsql;

namespace Auth.Load;

/// <summary>The options of the run.</summary>
internal sealed record Options
{
    /// <summary>The parts that can be measured separately.</summary>
    public static readonly string[] Parts = ["start", "me", "users", "refresh", "passwords", "logout", "million"];

    public bool Quick { get; private init; }

    public Plan Plan => Quick ? Plan.Quick : Plan.Full;

    /// <summary>The folder of previously published programs; null to publish them now.</summary>
    public string? Published { get; private init; }

    private bool Sqlite { get; init; } = true;

    private string? Postgres { get; init; }

    private string? Only { get; init; }

    /// <summary>Parses the arguments; null if they are invalid.</summary>
    public static Options? TryParse(ReadOnlySpan<string> arguments)
    {
        var options = new Options();
        while (!arguments.IsEmpty)
        {
            (var taken, options) = arguments switch
            {
                ["--quick", ..] => (1, options with { Quick = true }),
                ["--no-sqlite", ..] => (1, options with { Sqlite = false }),
                ["--postgres", var connection, ..] => (2, options with { Postgres = connection }),
                ["--published", var folder, ..] => (2, options with { Published = folder }),
                ["--only", var part, ..] when Parts.Contains(part) => (2, options with { Only = part }),
                _ => (0, options),
            };
            if (taken == 0)
            {
                return null;
            }

            arguments = arguments[taken..];
        }

        return options;
    }

    /// <summary>Whether to run a part. A million refreshes take long, so they have to be requested.</summary>
    public bool Runs(string part) => Only is null ? part != "million" : Only == part;

    /// <summary>Whether to run any of several parts.</summary>
    public bool RunsAny(params string[] parts) => Array.Exists(parts, Runs);

    public IEnumerable<Database> Databases(string folder)
    {
        if (Sqlite)
        {
            yield return new SqliteFiles(folder);
        }

        if (Postgres is not null)
        {
            yield return new PostgresDatabases(Postgres);
        }
    }
}

/// <summary>Creates databases for measurements.</summary>
internal abstract class Database : IAsyncDisposable
{
    public abstract DatabaseProvider Provider { get; }

    /// <summary>Creates a new database.</summary>
    /// <returns>Its connection string.</returns>
    public abstract Task<string> NewAsync();

    /// <summary>Removes the created databases.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>SQLite: a file for each.</summary>
internal sealed class SqliteFiles(string folder) : Database
{
    private int _count;

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override Task<string> NewAsync() =>
        Task.FromResult(FormattableString.Invariant($"Data Source={Path.Combine(folder, $"{_count++}.db")}"));

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask; // the folder is removed as a whole
}

/// <summary>PostgreSQL: a database for each on an existing server.</summary>
internal sealed class PostgresDatabases(string connectionString) : Database
{
    private readonly List<string> _names = [];

    public override DatabaseProvider Provider => DatabaseProvider.Postgres;

    public override async Task<string> NewAsync()
    {
        var name = $"auth_bench_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        _names.Add(name);
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var name in _names)
        {
            await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
