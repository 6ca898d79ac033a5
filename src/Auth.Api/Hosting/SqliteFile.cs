using Microsoft.Data.Sqlite;

namespace Auth.Api.Hosting;

/// <summary>Finds the file of the embedded database.</summary>
internal static class SqliteFile
{
    private const string Default = "data/auth.db";

    /// <summary>
    /// Completes a connection string: relative paths start at the content root, wherever the process was started from.
    /// </summary>
    public static bool TryResolve(string? connectionString, string contentRoot, out string resolved)
    {
        resolved = "";
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connectionString ?? $"Data Source={Default}");
        }
        catch (ArgumentException)
        {
            return false;
        }

        if (builder.DataSource.Length == 0)
        {
            return false;
        }

        if (IsFile(builder))
        {
            builder.DataSource = Path.GetFullPath(builder.DataSource, contentRoot);
        }

        resolved = builder.ConnectionString;
        return true;
    }

    /// <summary>The path of the file; the default one for a database that is in no file.</summary>
    public static string PathOf(string connectionString, string contentRoot)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        return builder.DataSource.Length > 0 && IsFile(builder)
            ? builder.DataSource
            : Path.GetFullPath(Default, contentRoot);
    }

    private static bool IsFile(SqliteConnectionStringBuilder builder) =>
        builder.Mode != SqliteOpenMode.Memory
        && builder.DataSource != ":memory:"
        && !builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
}
