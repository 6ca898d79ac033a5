using Auth.Infrastructure.Persistence;
using Npgsql;

namespace Auth.Load;

/// <summary>What is to be measured.</summary>
internal sealed record Options
{
    /// <summary>What can be measured by itself.</summary>
    public static readonly string[] Parts = ["start", "me", "users", "refresh", "passwords", "million"];

    public bool Quick { get; private init; }

    public Plan Plan => Quick ? Plan.Quick : Plan.Full;

    /// <summary>Where the programs were published before; null to publish them now.</summary>
    public string? Published { get; private init; }

    private bool Sqlite { get; init; } = true;

    private string? Postgres { get; init; }

    private string? Only { get; init; }

    /// <summary>Reads the arguments; null if they are none.</summary>
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

    /// <summary>Whether a part is to be run. A million refreshes take their time, so they have to be asked for.</summary>
    public bool Runs(string part) => Only is null ? part != "million" : Only == part;

    /// <summary>Whether any of several parts is to be run.</summary>
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

/// <summary>Where databases are made to be measured on.</summary>
internal abstract class Database : IAsyncDisposable
{
    public abstract DatabaseProvider Provider { get; }

    /// <summary>Makes a new database.</summary>
    /// <returns>Its connection string.</returns>
    public abstract Task<string> NewAsync();

    /// <summary>Removes what was made.</summary>
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

/// <summary>PostgreSQL: a database for each on a server that is there.</summary>
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
