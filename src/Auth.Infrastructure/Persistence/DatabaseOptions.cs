namespace Auth.Infrastructure.Persistence;

/// <summary>The database of the service.</summary>
public sealed record DatabaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Database";

    /// <summary>The database engine.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>The connection string, <c>ConnectionStrings:Auth</c>.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Whether migrations are applied at startup.</summary>
    public bool MigrateOnStartup { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(DatabaseOptions)} {Provider}";
}
