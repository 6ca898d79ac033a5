namespace Auth.Infrastructure.Persistence;

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

/// <summary>What the settings have to know about an engine.</summary>
public static class DatabaseProviders
{
    extension(DatabaseProvider provider)
    {
        /// <summary>Whether the engine runs in this process, on a file and without a password.</summary>
        public bool IsEmbedded => DatabaseEngine.Get(provider).IsEmbedded;

        /// <summary>A connection string to imitate.</summary>
        public string Example => DatabaseEngine.Get(provider).Example;
    }
}
