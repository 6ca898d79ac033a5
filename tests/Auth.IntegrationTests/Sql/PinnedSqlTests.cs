using System.Data.Common;
using System.Reflection;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Diagnostics;
using Auth.IntegrationTests.Support;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.IntegrationTests.Sql;

public sealed class PinnedSqlTests
{
    /// <summary>Types that use the database through others, or only query the engine about itself for operators.</summary>
    private static readonly Type[] s_throughOthers =
    [
        typeof(MasterKeyRotation),
        typeof(DatabaseDiagnostics),
        typeof(SchemaDiagnostics),
        typeof(RefreshBatches),
    ];

    // docs/testing.md says how to accept a change.
    private static bool IsAccepted => Environment.GetEnvironmentVariable("AUTH_TEST_ACCEPT_SQL") == "1";

    [Theory]
    [InlineData(nameof(DatabaseProvider.Sqlite))]
    [InlineData(nameof(DatabaseProvider.SqlServer))]
    [InlineData(nameof(DatabaseProvider.Postgres))]
    public async Task The_SQL_matches_the_reviewed_files(string engine)
    {
        var sql = await DescribeAllAsync(Enum.Parse<DatabaseProvider>(engine));
        var path = Path.Combine(Repository.Root, "tests", "Auth.IntegrationTests", "Sql", $"{engine}.sql");
        if (IsAccepted)
        {
            await File.WriteAllTextAsync(path, sql, TestContext.Current.CancellationToken);
        }

        var reviewed = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        sql.ShouldBe(
            reviewed.ReplaceLineEndings("\n"),
            $"the SQL has changed: look at it, and accept it as docs/testing.md says ({engine}.sql)"
        );
    }

    /// <summary>For dependencies of handlers, every method is pinned; for other types, the class.</summary>
    [Fact]
    public void Everything_that_uses_the_database_is_covered()
    {
        var pinned = SqlOperations.All.Select(operation => operation.Name).ToList();
        var users = typeof(AppDbContext).Assembly.GetTypes().Where(UsesDatabase).Except(s_throughOthers).ToList();
        users.Count.ShouldBeGreaterThan(15);

        var expected = users.SelectMany(type =>
            FindContract(type) is { } contract
                ? contract.GetMethods().Select(method => $"{type.Name}.{method.Name}")
                : [type.Name]
        );

        expected
            .Where(name => !pinned.Exists(text => text.Contains(name, StringComparison.Ordinal)))
            .ShouldBeEmpty("add them to SqlOperations");
    }

    private static bool UsesDatabase(Type type) =>
        type is { IsClass: true, IsNested: false }
        && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(constructor => constructor.GetParameters())
            .Any(parameter =>
                parameter.ParameterType == typeof(AppDbContext)
                || parameter.ParameterType == typeof(IServiceScopeFactory)
            );

    private static Type? FindContract(Type type) =>
        Array.Find(
            type.GetInterfaces(),
            contract =>
                contract.Name.EndsWith("Repository", StringComparison.Ordinal)
                || contract.Name.EndsWith("Queries", StringComparison.Ordinal)
                || contract.Name.EndsWith("Log", StringComparison.Ordinal)
        );

    /// <summary>Prints each statement once, below the names of all operations that send it.</summary>
    private static async Task<string> DescribeAllAsync(DatabaseProvider engine)
    {
        var senders = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var operation in SqlOperations.All)
        {
            foreach (var command in await SqlRecorder.RecordAsync(engine, operation))
            {
                senders.TryAdd(Describe(command), []);
                senders[Describe(command)].Add(operation.Name);
            }
        }

        return string.Concat(
            senders.Select(statement =>
                string.Concat(statement.Value.Distinct().Select(name => $"-- {name}\n")) + statement.Key + "\n"
            )
        );
    }

    private static string Describe(SqlCommandText command)
    {
        var parameters = command.Parameters.Select(parameter => $"{parameter.ParameterName} {TypeOf(parameter)}");
        return (command.Parameters.Count > 0 ? $"--   {string.Join(", ", parameters)}\n" : "")
            + $"{command.Text.ReplaceLineEndings("\n").Trim()}\n";
    }

    private static string TypeOf(DbParameter parameter) =>
        parameter switch
        {
            SqlParameter { Size: > 0 } sized => $"{Name(sized.SqlDbType)}({sized.Size})",
            SqlParameter { Size: -1 } sized => $"{Name(sized.SqlDbType)}(max)",
            SqlParameter other => Name(other.SqlDbType),
            NpgsqlParameter postgres => postgres.DataTypeName ?? postgres.NpgsqlDbType.ToString(),
            SqliteParameter sqlite => Name(sqlite.SqliteType),
            _ => throw new ArgumentOutOfRangeException(nameof(parameter)),
        };

    private static string Name(Enum type) => type.ToString().ToUpperInvariant();
}
