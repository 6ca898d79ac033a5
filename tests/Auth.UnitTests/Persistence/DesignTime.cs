using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Postgres;
using Auth.Infrastructure.Persistence.Sqlite;
using Auth.Infrastructure.Persistence.SqlServer;

namespace Auth.UnitTests.Persistence;

/// <summary>Contexts without a database.</summary>
internal static class DesignTime
{
    public static AppDbContext Open(string engine) =>
        engine switch
        {
            "Sqlite" => new SqliteDesignTimeFactory().CreateDbContext([]),
            "SqlServer" => new SqlServerDesignTimeFactory().CreateDbContext([]),
            _ => new PostgresDesignTimeFactory().CreateDbContext([]),
        };
}
