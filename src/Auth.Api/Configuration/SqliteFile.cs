using Auth.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;

namespace Auth.Api.Configuration;

/// <summary>What the program does with the file of an SQLite database.</summary>
internal enum SqliteFileUse
{
    /// <summary>Opens it, and expects it to exist.</summary>
    Open,

    /// <summary>Creates it if it does not exist.</summary>
    Create,

    /// <summary>The same, where the schema is brought up to date at start.</summary>
    CreateIfMigrating,
}

/// <summary>Finds and creates the file of the embedded database.</summary>
internal static class SqliteFile
{
    private const string Default = "data/auth.db";

    /// <summary>
    /// Completes a connection string: relative paths start at the content root, wherever the process was started from.
    /// </summary>
    public static bool TryResolve(string? connectionString, string contentRoot, out string resolved)
    {
        resolved = "";
        if (TryParse(connectionString) is not { } builder)
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

    /// <summary>
    /// The database that a relative path would mean in the current folder, where there is one and none at the content root:
    /// a new one in its place would look as if all users were lost.
    /// </summary>
    public static string? FindInCurrentFolder(string? connectionString, string contentRoot)
    {
        if (TryParse(connectionString) is not { } builder || !IsFile(builder))
        {
            return null;
        }

        var here = Path.GetFullPath(builder.DataSource);
        return File.Exists(here) && !File.Exists(Path.GetFullPath(builder.DataSource, contentRoot)) ? here : null;
    }

    /// <summary>The path of the file; null for a server, and for a database in memory.</summary>
    public static string? PathOf(DatabaseOptions database) =>
        database.Provider == DatabaseProvider.Sqlite
        && new SqliteConnectionStringBuilder(database.ConnectionString) is var builder
        && IsFile(builder)
            ? builder.DataSource
            : null;

    /// <summary>The path of the file where none is configured.</summary>
    public static string DefaultPath(string contentRoot) => Path.GetFullPath(Default, contentRoot);

    /// <summary>
    /// Creates the file where that is wanted, and has the engine open what exists from then on: a file that is not where it
    /// should be is an error, and never replaced by an empty one.
    /// </summary>
    /// <exception cref="SettingsException">The file does not exist, and is not to be created.</exception>
    public static DatabaseOptions Prepare(DatabaseOptions database, SqliteFileUse use)
    {
        if (PathOf(database) is not { } file)
        {
            return database;
        }

        var builder = new SqliteConnectionStringBuilder(database.ConnectionString);
        if (builder.Mode != SqliteOpenMode.ReadWriteCreate)
        {
            return database;
        }

        var creates =
            use == SqliteFileUse.Create || (use == SqliteFileUse.CreateIfMigrating && database.MigrateOnStartup);
        if (creates)
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(file)!);
            PrivateFiles.Create(file);
        }
        else if (!Path.Exists(file))
        {
            throw new SettingsException([
                $"ConnectionStrings:Auth: the SQLite file {file} does not exist. Run dotnet Auth.Api.dll migrate"
                    + " to create it, or set the path of the one you mean.",
            ]);
        }

        builder.Mode = SqliteOpenMode.ReadWrite;
        return database with { ConnectionString = builder.ConnectionString };
    }

    // No file: addresses, which the engine itself would resolve, in the current folder.
    private static SqliteConnectionStringBuilder? TryParse(string? connectionString)
    {
        try
        {
            var builder = new SqliteConnectionStringBuilder(connectionString ?? $"Data Source={Default}");
            return
                builder.DataSource.Length == 0
                || builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                ? null
                : builder;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsFile(SqliteConnectionStringBuilder builder) =>
        builder.Mode != SqliteOpenMode.Memory && builder.DataSource != ":memory:";
}
