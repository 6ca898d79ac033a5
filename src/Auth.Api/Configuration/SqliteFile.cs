using Auth.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;

namespace Auth.Api.Configuration;

/// <summary>How the program uses the file of a SQLite database.</summary>
internal enum SqliteFileUse
{
    /// <summary>Opens the file, which must exist.</summary>
    Open,

    /// <summary>Creates the file if it does not exist.</summary>
    Create,

    /// <summary>Creates the file if it does not exist and migrations run at startup.</summary>
    CreateIfMigrating,
}

/// <summary>Finds and creates the file of the embedded database.</summary>
internal static class SqliteFile
{
    private const string Default = "data/auth.db";

    /// <summary>Completes a connection string: relative paths are resolved against the content root.</summary>
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
    /// Finds the database that a relative path would name in the current folder, if there is none at the content root: a new
    /// database would look as if all users were lost.
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

    /// <summary>Returns the path of the file; null for a server or a database in memory.</summary>
    public static string? PathOf(DatabaseOptions database) =>
        database.Provider.IsEmbedded
        && new SqliteConnectionStringBuilder(database.ConnectionString) is var builder
        && IsFile(builder)
            ? builder.DataSource
            : null;

    /// <summary>Returns the default path of the file.</summary>
    public static string DefaultPath(string contentRoot) => Path.GetFullPath(Default, contentRoot);

    /// <summary>
    /// Creates the file if requested, and lets the engine open only existing files: a missing file is an error, and is never
    /// replaced by an empty one.
    /// </summary>
    /// <exception cref="SettingsException">The file does not exist, and must not be created.</exception>
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
                    + " to create it, or correct its path.",
            ]);
        }

        builder.Mode = SqliteOpenMode.ReadWrite;
        return database with { ConnectionString = builder.ConnectionString };
    }

    // No file: URIs, which the engine would resolve against the current folder.
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
