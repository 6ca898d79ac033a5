using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Sql;
using Auth.IntegrationTests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Startup;

public sealed class ParallelStartTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Engine", "Server")]
    public async Task Instances_started_simultaneously_create_a_missing_database_once()
    {
        for (var round = 0; round < Proof.Rounds(everyTime: 1, full: 20); round++)
        {
            using var database = new TestDatabase();
            Assert.SkipWhen(database.Provider == "Sqlite", "SQLite has no server.");
            database.Drop();

            var processes = Enumerable
                .Range(0, 3)
                .Select(_ => OperatedService.Start(database.Provider, database.ConnectionString))
                .ToList();
            var clients = await Task.WhenAll(processes.Select(process => process.ListenAsync()));

            foreach (var client in clients)
            {
                await client.GetAsync("/health/ready", bearer: null).ShouldBeAsync(200);
                client.Dispose();
            }

            database.Count("SigningKeys").ShouldBe(1);
            database.Count("Roles").ShouldBe(3);
            if (database.Provider == "SqlServer")
            {
                database
                    .Scalar("SELECT is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()")
                    .ShouldBe(true);
            }

            processes.ForEach(process => process.Dispose());
        }
    }

    [Fact]
    public async Task Instances_started_simultaneously_agree_on_the_content_of_an_empty_database()
    {
        var rounds = Proof.Rounds(everyTime: 1, full: 20);
        for (var round = 0; round < rounds; round++)
        {
            using var database = new TestDatabase();
            using var first = OperatedService.Start(database.Provider, database.ConnectionString);
            using var second = OperatedService.Start(database.Provider, database.ConnectionString);
            var clients = await Task.WhenAll(first.ListenAsync(), second.ListenAsync());

            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var client in clients)
            {
                await client.GetAsync("/health/ready", bearer: null).ShouldBeAsync(200);
                var admin = await Account.LoginAsAdminAsync(client);
                keys.Add(Http.Header(admin.AccessToken).Text("kid"));
                foreach (var either in clients)
                {
                    await either.GetAsync("/api/users", admin.AccessToken).ShouldBeAsync(200);
                }
            }

            keys.ShouldHaveSingleItem($"round {round}");
            database.Count("SigningKeys").ShouldBe(1);
            database.Count("Roles").ShouldBe(3);
            database.Count("Users").ShouldBe(1);
            database.Count("UserRoles").ShouldBe(1);
            database.Count("__EFMigrationsHistory").ShouldBe(CountMigrations(database.Provider));
            database.ShouldBeIntact();
            foreach (var client in clients)
            {
                client.Dispose();
            }
        }

        output.WriteLine($"{rounds} times two processes agreed on one schema, three roles, one administrator, one key");
    }

    private static int CountMigrations(string provider)
    {
        using var services = SqlRecorder.Build(
            Enum.Parse<DatabaseProvider>(provider),
            provider == "Postgres" ? "Host=nowhere" : "Data Source=nowhere",
            new NoInterceptor(),
            new LogSink()
        );
        using var scope = services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.GetMigrations().Count();
    }

    private sealed class NoInterceptor : IInterceptor;
}
