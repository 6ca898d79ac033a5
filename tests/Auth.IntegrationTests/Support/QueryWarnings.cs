using Auth.Infrastructure.Persistence.Postgres;
using Auth.Infrastructure.Persistence.Sqlite;
using Auth.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Support;

/// <summary>Warnings of EF Core that are failures in tests.</summary>
internal static class QueryWarnings
{
    /// <summary>
    /// Makes queries fail that take some rows without an order: which ones the engine returns is then up to
    /// the engine.
    /// </summary>
    public static IServiceCollection ThrowOnUnorderedRows(this IServiceCollection services)
    {
        services.ConfigureDbContext<SqliteAppDbContext>(Throw);
        services.ConfigureDbContext<SqlServerAppDbContext>(Throw);
        services.ConfigureDbContext<PostgresAppDbContext>(Throw);
        return services;
    }

    private static void Throw(DbContextOptionsBuilder context) =>
        context.ConfigureWarnings(warnings =>
            warnings.Throw(
                CoreEventId.RowLimitingOperationWithoutOrderByWarning,
                CoreEventId.FirstWithoutOrderByAndFilterWarning
            )
        );
}
