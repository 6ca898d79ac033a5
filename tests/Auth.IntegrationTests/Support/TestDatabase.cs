using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Auth.IntegrationTests.Support;

/// <summary>
/// An empty database for one test class, removed afterwards: an SQLite file, or a separate database on the
/// <see cref="DatabaseServer"/>.
/// </summary>
public sealed class TestDatabase : IDisposable
{
    private readonly string _name = $"auth_test_{Guid.CreateVersion7():n}";
    private readonly DirectoryInfo? _directory;

    public TestDatabase()
    {
        switch (Provider)
        {
            case "Sqlite":
                _directory = Directory.CreateTempSubdirectory("auth-tests-");
                ConnectionString = $"Data Source={Path.Combine(_directory.FullName, "auth.db")}";
                break;
            case "Postgres":
                ConnectionString = new NpgsqlConnectionStringBuilder(DatabaseServer.ConnectionString)
                {
                    Database = _name,
                }.ConnectionString;
                OnServer($"CREATE DATABASE {_name}");
                break;
            default:
                ConnectionString = new SqlConnectionStringBuilder(DatabaseServer.ConnectionString)
                {
                    InitialCatalog = _name,
                }.ConnectionString;
                OnServer($"CREATE DATABASE {_name}");
                break;
        }
    }

    public string Provider { get; } = DatabaseServer.Engine;

    public string ConnectionString { get; }

    public void Dispose()
    {
        if (Provider != "Sqlite")
        {
            Drop();
            return;
        }

        SqliteConnection.ClearAllPools();
        _directory!.Delete(recursive: true);
    }

    /// <summary>Drops the database from its server, as if it had never been created.</summary>
    public void Drop() =>
        OnServer(
            Provider == "Postgres"
                ? $"DROP DATABASE {_name} WITH (FORCE)"
                : $"ALTER DATABASE {_name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {_name}"
        );

    /// <summary>Reads one value directly from the database. Names in double quotes; the value in the engine's format.</summary>
    public object? Scalar(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>Changes the database directly, and returns the number of rows.</summary>
    public int Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs the engine's own integrity check.</summary>
    public void ShouldBeIntact()
    {
        if (Provider == "Sqlite")
        {
            Scalar("PRAGMA integrity_check").ShouldBe("ok");
        }
    }

    /// <summary>Hides a table from the service, or restores it.</summary>
    public void Rename(string table, string newName) =>
        Execute(
            Provider == "SqlServer"
                ? $"EXEC sp_rename '{table}', '{newName}'"
                : $"ALTER TABLE \"{table}\" RENAME TO \"{newName}\""
        );

    /// <summary>Copies an account many times, each copy with its own id and address.</summary>
    public void CopyUser(Guid id, int copies)
    {
        var series = Provider switch
        {
            "Sqlite" =>
                $"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {copies}) SELECT n FROM s)",
            "Postgres" => $"generate_series(1, {copies}) AS s(n)",
            _ => $"(SELECT value AS n FROM GENERATE_SERIES(1, {copies})) s",
        };
        var newId = Provider switch
        {
            "Sqlite" => "printf('%08X-0000-7000-8000-%012X', n, n)",
            "Postgres" => "concat(lpad(to_hex(n), 8, '0'), '-0000-7000-8000-', lpad(to_hex(n), 12, '0'))::uuid",
            _ => "CONVERT(uniqueidentifier, CONCAT(FORMAT(n, 'X8'), '-0000-7000-8000-', FORMAT(n, 'X12')))",
        };
        Copy("Users", "Id");
        Copy("UserRoles", "UserId");

        void Copy(string table, string key)
        {
            var columns = Columns(table);
            var values = columns.Select(column =>
                column == key ? newId
                : column is "Email" or "NormalizedEmail" ? "CONCAT('copy-', n, '@example.com')"
                : $"t.\"{column}\""
            );
            var isIt = IdIs(id.ToString()).Replace("\"Id\"", $"t.\"{key}\"", StringComparison.Ordinal);
            Execute(
                $"""
                INSERT INTO "{table}" ("{string.Join("\", \"", columns)}")
                SELECT {string.Join(", ", values)} FROM "{table}" t, {series} WHERE {isIt}
                """
            );
        }
    }

    /// <summary>Keeps a copy of rows in a new table.</summary>
    public void Keep(string copy, string table, string condition = "1 = 1") =>
        Execute(
            Provider == "SqlServer"
                ? $"SELECT * INTO {copy} FROM \"{table}\" WHERE {condition}"
                : $"CREATE TABLE {copy} AS SELECT * FROM \"{table}\" WHERE {condition}"
        );

    /// <summary>The columns of a table, in order.</summary>
    public IReadOnlyList<string> Columns(string table)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\" WHERE 1 = 0";
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    /// <summary>The number of rows in a table, optionally with a condition.</summary>
    public long Count(string table, string condition = "1 = 1") =>
        Convert.ToInt64(Scalar($"SELECT COUNT(*) FROM \"{table}\" WHERE {condition}"), provider: null);

    /// <summary>The generation of an account's session.</summary>
    public int GenerationOf(Account account) =>
        Convert.ToInt32(
            Scalar($"SELECT \"Generation\" FROM \"Sessions\" WHERE {IdIs(account.SessionId)}"),
            provider: null
        );

    /// <summary>The condition that a row has an id, in the engine's SQL.</summary>
    public string IdIs(string id) => $"\"Id\" = {IdText(id)}";

    /// <summary>An id in the engine's SQL.</summary>
    public string IdText(string id) => Provider == "Sqlite" ? $"'{id.ToUpperInvariant()}'" : $"'{id}'";

    /// <summary>A string in the engine's SQL.</summary>
    public string Text(string text) => Provider == "SqlServer" ? $"N'{text}'" : $"'{text}'";

    /// <summary>Every text in the database, to search for what must not be there.</summary>
    public string DumpText()
    {
        using var connection = Open();
        var text = new StringWriter();
        string[] tables =
        [
            "Users",
            "Roles",
            "UserRoles",
            "Sessions",
            "Revocations",
            "SigningKeys",
            "AuditRecords",
            "FailureCounts",
        ];
        foreach (var table in tables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    text.WriteLine(
                        reader.GetValue(i) is byte[] bytes ? Convert.ToBase64String(bytes) : reader.GetValue(i)
                    );
                }
            }
        }

        return text.ToString();
    }

    private DbConnection Open() => Open(ConnectionString);

    private DbConnection Open(string connectionString)
    {
        DbConnection connection = Provider switch
        {
            "Postgres" => new NpgsqlConnection(connectionString),
            "SqlServer" => new SqlConnection(connectionString),
            _ => new SqliteConnection(connectionString),
        };
        connection.Open();
        return connection;
    }

    private void OnServer(string sql)
    {
        using var connection = Open(DatabaseServer.ConnectionString);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
