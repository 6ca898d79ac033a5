namespace Auth.Infrastructure.Persistence;

/// <summary>Where the data lies.</summary>
public sealed record DatabaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Database";

    /// <summary>Which database engine.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>How to reach it; <c>ConnectionStrings:Auth</c>.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Whether the schema is brought up to date at start.</summary>
    public bool MigrateOnStartup { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(DatabaseOptions)} {Provider}";
}

/// <summary>The database engines.</summary>
public enum DatabaseProvider
{
    /// <summary>An embedded file.</summary>
    Sqlite,

    /// <summary>Microsoft SQL Server.</summary>
    SqlServer,

    /// <summary>PostgreSQL.</summary>
    Postgres,
}
