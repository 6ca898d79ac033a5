using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Sqlite;
using Auth.IntegrationTests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Auth.IntegrationTests.Sql;

/// <summary>Checks the query plans of the engines: rows are found by an index, however many there are.</summary>
public sealed partial class QueryPlanTests
{
    /// <summary>Tables that stay small and may be scanned.</summary>
    private static readonly string[] s_small =
    [
        "Roles",
        "SigningKeys",
        "AuditChains",
        "ServiceAccounts",
        "ServiceAccountRoles",
        "ServiceSecrets",
        "ServiceTokens", // they live for five minutes
        "__EFMigrationsHistory",
        "sqlite_master",
    ];

    /// <summary>Statements that may scan, with the reason.</summary>
    private static readonly (string Operation, string Table, string Why)[] s_scans =
    [
        ("UserQueries.ListAsync", "Users", "a page in the order of the index, up to its limit"),
        ("AuditQueries.ListAsync", "AuditRecords", "a page in the order of the index, up to its limit"),
        ("AuditVerifier", "AuditRecords", "reads every record"),
        ("UserRepository.EndAllSessions", "Users", "changes all users"),
        ("UserRepository.EndAllSessions", "Sessions", "finds users with a recent refresh, in an emergency"),
        ("StateMetrics", "Sessions", "counts all; every five minutes, if metrics are collected"),
        ("DatabaseInitializer", "Users", "reads all addresses from the index, once"),
        ("AddressUpdate", "Users", "likewise, every hour"),
        ("AddressDiagnostics", "Users", "likewise, on demand"),
        ("MasterKeyUsage", "Users", "counts all; only while a previous master key is configured"),
        ("MasterKeyUsage", "Mails", "likewise; no mail is stored for more than three days"),
        ("MasterKeyUsage", "Factors", "likewise"),
        ("MasterKeyUsage", "RecoveryCodes", "likewise"),
    ];

    [Fact]
    public async Task Queries_use_indexes_on_SQLite()
    {
        await using var database = await MigratedSqliteAsync();
        var scans = new List<(string Operation, string Table)>();
        foreach (var (operation, statement, step) in await ExplainOnSqliteAsync(database))
        {
            if (SqliteScan().Match(step) is { Success: true } scan && FindTable(scan, statement) is { } table)
            {
                scans.Add((operation, table));
            }
        }

        scans.ShouldContain(("MasterKeyUsage", "Users"), "a scan has to be detected");
        scans.Where(scan => !IsExpected(scan.Operation, scan.Table)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_index_is_used_on_SQLite()
    {
        await using var database = await MigratedSqliteAsync();
        var used = (await ExplainOnSqliteAsync(database))
            .SelectMany(plan => UsedIndex().Matches(plan.Step))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);

        // Unique indexes are constraints as well, and those of primary keys have generated names.
        Read(database, "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'IX%'", [])
            .Select(row => (string)row[0])
            .Except(used)
            .ShouldBeEmpty();
    }

    [Fact]
    [Trait("Engine", "Server")]
    public async Task Queries_use_indexes_on_PostgreSQL()
    {
        using var database = new TestDatabase();
        Assert.SkipUnless(database.Provider == "Postgres", "No PostgreSQL: name one in AUTH_TEST_POSTGRES.");
        await using (var service = TestService.Start(database)) { }

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        Fill(connection);

        var scans = new List<string>();
        foreach (var (operation, statement) in await StatementsAsync(DatabaseProvider.Postgres))
        {
            var plan = (string)Read(connection, $"EXPLAIN (FORMAT JSON) {statement.Text}", statement.Parameters)[0][0];
            foreach (var node in Nodes(JsonNode.Parse(plan)![0]!["Plan"]!))
            {
                if (
                    node["Relation Name"]?.GetValue<string>() is { } table
                    && IsScan(node)
                    && !IsExpected(operation, table)
                )
                {
                    scans.Add($"{operation}: {node["Node Type"]} {table} {node["Index Name"]}");
                }
            }
        }

        scans.ShouldBeEmpty();
    }

    private static bool IsExpected(string operation, string table) =>
        s_small.Contains(table, StringComparer.Ordinal)
        || s_scans.Any(scan => operation.StartsWith(scan.Operation, StringComparison.Ordinal) && table == scan.Table);

    private static async Task<SqliteConnection> MigratedSqliteAsync()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var context = new SqliteAppDbContext(
            new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite(connection).Options
        );
        await context.Database.MigrateAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task<List<(string Operation, string Statement, string Step)>> ExplainOnSqliteAsync(
        SqliteConnection database
    ) =>
        [
            .. (await StatementsAsync(DatabaseProvider.Sqlite)).SelectMany(each =>
                Read(database, $"EXPLAIN QUERY PLAN {each.Statement.Text}", each.Statement.Parameters)
                    .Select(row => (each.Operation, each.Statement.Text, (string)row[3]))
            ),
        ];

    private static async Task<List<(string Operation, SqlCommandText Statement)>> StatementsAsync(
        DatabaseProvider engine
    )
    {
        var statements = new List<(string, SqlCommandText)>();
        foreach (var operation in SqlOperations.All)
        {
            foreach (var command in await SqlRecorder.RecordAsync(engine, operation))
            {
                statements.AddRange(
                    BetweenStatements()
                        .Split(command.Text)
                        .Select(text => text.Trim())
                        .Where(text => Explainable().IsMatch(text))
                        .Select(text => (operation.Name, command with { Text = text }))
                );
            }
        }

        statements.Count.ShouldBeGreaterThan(100);
        return statements;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is the service's own.")]
    private static List<object[]> Read(DbConnection connection, string sql, IReadOnlyList<DbParameter> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(
                parameter is ICloneable typed
                    ? typed.Clone()
                    : new SqliteParameter(parameter.ParameterName, parameter.Value)
            );
        }

        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    // SQLite reports the alias; that of a subquery is not a table.
    private static string? FindTable(Match scan, string statement)
    {
        var alias = scan.Groups["alias"].Value;
        return NamedTable()
            .Matches(statement)
            .Where(named =>
                alias == (named.Groups["alias"] is { Success: true } given ? given.Value : named.Groups["table"].Value)
            )
            .Select(named => named.Groups["table"].Value)
            .FirstOrDefault();
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode plan) =>
        (plan["Plans"]?.AsArray() ?? []).SelectMany(part => Nodes(part!)).Prepend(plan);

    private static bool IsScan(JsonNode node) =>
        node["Node Type"]!.GetValue<string>() switch
        {
            "Seq Scan" => true,
            "Index Scan" or "Index Only Scan" => node["Index Cond"] is null,
            _ => false,
        };

    /// <summary>Inserts enough rows for the planner, with arbitrary content.</summary>
    private static void Fill(NpgsqlConnection connection)
    {
        foreach (
            var table in (string[])
                [
                    "Users",
                    "UserRoles",
                    "Sessions",
                    "Revocations",
                    "FailureCounts",
                    "AuditRecords",
                    "Mails",
                    "MailFlows",
                    "MailQuotas",
                    "Factors",
                    "SpentChallenges",
                ]
        )
        {
            var columns = Read(
                connection,
                $"""
                SELECT column_name, data_type FROM information_schema.columns
                WHERE table_name = '{table}' AND is_identity = 'NO' ORDER BY ordinal_position
                """,
                []
            );
            var names = columns.Select(column => $"\"{column[0]}\"");
            var values = columns.Select(column => ValueOf((string)column[0], (string)column[1]));
            Read(
                connection,
                $"""
                INSERT INTO "{table}" ({string.Join(", ", names)})
                SELECT {string.Join(", ", values)} FROM generate_series(1, 20000) AS n
                """,
                []
            );
        }

        // Checks whether there is a usable index, not from which size it pays off, so scans are disabled.
        Read(connection, "ANALYZE", []);
        Read(connection, "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off", []);
    }

    private static string ValueOf(string column, string type) =>
        (column, type) switch
        {
            ("RoleId", _) => """(SELECT "Id" FROM "Roles" WHERE "Name" = 'viewer')""",
            ("ChainId", _) => "lpad(to_hex(n % 16), 32, '0')::uuid",
            ("Status", _) => "'Active'",
            ("Type", _) => "'login.' || n % 15",
            ("PersonalDataSalt", _) => "decode(lpad(to_hex(n), 32, '0'), 'hex')",
            (_, "uuid") => "lpad(to_hex(n), 32, '0')::uuid",
            (_, "bytea") => "decode(lpad(to_hex(n), 64, '0'), 'hex')",
            (_, "boolean") => "false",
            (_, "timestamp with time zone") => "now() - n * interval '1 minute'",
            (_, "integer" or "bigint") => "n",
            _ => "'text ' || n",
        };

    [GeneratedRegex("^SCAN (?<alias>\\w+)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SqliteScan();

    [GeneratedRegex(
        "(FROM|JOIN|UPDATE|INTO) \"(?<table>\\w+)\"( AS \"(?<alias>\\w+)\")?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NamedTable();

    [GeneratedRegex("INDEX (?<name>\\w+)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UsedIndex();

    [GeneratedRegex(";\\s*(\\n|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BetweenStatements();

    [GeneratedRegex(
        "^(SELECT|INSERT|UPDATE|DELETE)\\s",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Explainable();
}
