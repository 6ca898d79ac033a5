using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Auth.Bench.Data;

/// <summary>
/// Captures the statements that the service sends to one database, and has the engine explain each with the values it
/// was sent with.
/// </summary>
internal sealed partial class Plans
    : IObserver<DiagnosticListener>,
        IObserver<KeyValuePair<string, object?>>,
        IDisposable
{
    /// <summary>The number of unnecessarily read rows above which a plan is flagged.</summary>
    private const int ManyRows = 500;

    /// <summary>Tables that never have more than a page or two.</summary>
    private static readonly string[] s_smallTables = ["Roles", "SigningKeys", "AuditChains"];

    private readonly BenchService _service;
    private readonly List<(string Operation, List<Statement> Statements)> _operations = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _subscriptions = [];
    private List<Statement>? _recording;

    public Plans(BenchService service)
    {
        _service = service;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Runs an operation and records its statements.</summary>
    public async Task RecordAsync(string operation, Func<Task> run)
    {
        _recording = [];
        await run();
        _operations.Add((operation, _recording));
        _recording = null;
    }

    /// <summary>Writes the plans, each statement once, and counts the flagged ones.</summary>
    public async Task WriteAsync(TextWriter output)
    {
        var scans = 0;
        await using var connection = await _service.OpenAsync();
        foreach (var (operation, statements) in _operations)
        {
            await output.WriteLineAsync($"\n{operation}");
            foreach (var statement in statements.Where(statement => _known.Add(statement.Sql)))
            {
                await output.WriteLineAsync("  " + Shorten(statement.Sql));
                foreach (var line in await ExplainAsync(connection, statement))
                {
                    var isScan = IsScan(line, statement.Sql);
                    scans += isScan ? 1 : 0;
                    await output.WriteLineAsync((isScan ? "  ! " : "    ") + line);
                }
            }
        }

        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"\n{scans} lines that tell of a scan, marked with !")
        );
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (
            _recording is { } recording
            && value.Value is CommandEventData { Command: var command }
            && value.Key == RelationalEventId.CommandExecuting.Name
        )
        {
            var parameters = command
                .Parameters.Cast<DbParameter>()
                .Select(parameter => (parameter.ParameterName, parameter.Value));
            recording.AddRange(
                from sql in command.CommandText.Split(";\n")
                where StartsAPlan().IsMatch(sql)
                select new Statement(sql.Trim().TrimEnd(';'), [.. parameters])
            );
        }
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    private async Task<List<string>> ExplainAsync(DbConnection connection, Statement statement)
    {
        var isSqlite = _service.Provider == DatabaseProvider.Sqlite;
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            (isSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) ") + statement.Sql;
        foreach (var (name, value) in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        var lines = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(isSqlite ? 3 : 0));
            }
        }

        await transaction.RollbackAsync();
        return lines;
    }

    private bool IsScan(string line, string sql)
    {
        if (RowsInVain().Match(line) is { Success: true } rows)
        {
            return int.Parse(rows.Groups["rows"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
                >= ManyRows;
        }

        var scan = _service.Provider == DatabaseProvider.Sqlite ? SqliteScan().Match(line) : PostgresScan().Match(line);
        // Without a condition but with a limit: the first rows of an index.
        var isStartOfIndex =
            line.Contains(" INDEX ", StringComparison.Ordinal)
            && sql.Contains("LIMIT", StringComparison.Ordinal)
            && !sql.Contains("WHERE", StringComparison.Ordinal);
        return scan.Success
            && !isStartOfIndex
            && TableOf(scan.Groups["table"].Value, sql) is { } table
            && !s_smallTables.Contains(table, StringComparer.Ordinal);
    }

    /// <summary>The table behind a name in a plan; null if it is a part of the statement.</summary>
    private static string? TableOf(string name, string sql) =>
        Regex.Match(sql, $"\"(?<table>\\w+)\" AS \"{name}\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            is { Success: true } alias
            ? alias.Groups["table"].Value
        : sql.Contains($"\"{name}\"", StringComparison.Ordinal) && char.IsUpper(name[0]) ? name
        : null;

    private static string Shorten(string sql) => Columns().Replace(WhiteSpace().Replace(sql, " "), "SELECT … FROM");

    [GeneratedRegex(@"^\s*(SELECT|UPDATE|DELETE)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StartsAPlan();

    [GeneratedRegex(@"Rows Removed by Filter: (?<rows>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowsInVain();

    [GeneratedRegex(@"^SCAN (?<table>\w+)(?! VIRTUAL TABLE)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SqliteScan();

    [GeneratedRegex("Seq Scan on \"(?<table>\\w+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PostgresScan();

    [GeneratedRegex("SELECT (?!EXISTS|COUNT|MAX)[^()]*? FROM", RegexOptions.None, 1000)]
    private static partial Regex Columns();

    [GeneratedRegex(@"\((?<first>@\w+)(, @\w+){3,}\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Values();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex WhiteSpace();

    private sealed record Statement(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);
}
