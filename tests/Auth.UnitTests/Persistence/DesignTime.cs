using Auth.Infrastructure.Persistence;

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
