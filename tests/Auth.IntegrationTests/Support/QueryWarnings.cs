using Auth.Infrastructure.Persistence.Postgres;
using Auth.Infrastructure.Persistence.Sqlite;
using Auth.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Support;

/// <summary>What EF Core merely warns of when the service runs, and what is a defect in a test.</summary>
internal static class QueryWarnings
{
    /// <summary>
    /// Has a query fail that takes some of its rows without saying in which order: which ones the engine takes is then up to
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
