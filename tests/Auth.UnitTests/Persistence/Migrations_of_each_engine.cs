using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Auth.UnitTests.Persistence;

public sealed class Migrations_of_each_engine
{
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("SqlServer")]
    [InlineData("Postgres")]
    public void They_lead_to_the_model_as_it_is(string engine)
    {
        using AppDbContext context = engine switch
        {
            "Sqlite" => new SqliteDesignTimeFactory().CreateDbContext([]),
            "SqlServer" => new SqlServerDesignTimeFactory().CreateDbContext([]),
            _ => new PostgresDesignTimeFactory().CreateDbContext([]),
        };

        context.Database.GetMigrations().ShouldNotBeEmpty();
        context.Database.HasPendingModelChanges().ShouldBeFalse("make migration name=… adds what is missing");
    }
}
