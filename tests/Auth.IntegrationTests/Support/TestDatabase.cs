using Microsoft.Data.Sqlite;

namespace Auth.IntegrationTests.Support;

/// <summary>An empty database for one test class, gone afterwards.</summary>
public sealed class TestDatabase : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("auth-tests-");

    public string Provider => "Sqlite";

    public string File => Path.Combine(_directory.FullName, "auth.db");

    public string ConnectionString => $"Data Source={File}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    /// <summary>Reads one value past the service.</summary>
    public T? Scalar<T>(string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteScalar() is { } result and not DBNull ? (T)result : default;
    }
}
