using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Auth.Application;
using Auth.Domain.Lockout;
using Auth.Infrastructure;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Mail;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Persistence.Postgres;
using Auth.Infrastructure.Persistence.Sqlite;
using Auth.Infrastructure.Persistence.SqlServer;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Passwords;
using Auth.IntegrationTests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Auth.IntegrationTests.Sql;

/// <summary>A command that would have been sent to the server.</summary>
/// <param name="Text">The SQL.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Timeout">The timeout in seconds; 0 for that of the connection string.</param>
internal sealed record SqlCommandText(string Text, IReadOnlyList<DbParameter> Parameters, int Timeout);

/// <summary>
/// The persistence of the service, registered as in the service, on an engine that does not exist: commands are
/// recorded, and results are defined in advance.
/// </summary>
internal sealed partial class SqlRecorder : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DatabaseProvider _engine;
    private readonly ServiceProvider _services;
    private readonly List<SqlCommandText> _commands = [];
    private long _lastNumber;

    /// <summary>Results are read from a real database, so that they are converted like real ones.</summary>
    private readonly SqliteConnection _answers = new("Data Source=:memory:");

    public SqlRecorder(DatabaseProvider engine)
    {
        _engine = engine;
        _answers.Open();
        var connectionString = engine switch
        {
            DatabaseProvider.Sqlite => "Data Source=:memory:",
            DatabaseProvider.SqlServer => "Server=nowhere;Database=auth",
            _ => "Host=nowhere;Database=auth",
        };
        _services = Build(engine, connectionString, new Interceptor(this), Log);
    }

    public DatabaseProvider Engine => _engine;

    public IServiceProvider Services => _services;

    public LogSink Log { get; } = new();

    /// <summary>The number of rows affected by statements without a result.</summary>
    public int AffectedRows { get; set; } = 1;

    /// <summary>Exceptions to throw, in turn, for commands that contain a text.</summary>
    public Queue<(string Text, Exception Failure)> Failures { get; } = new();

    /// <summary>The results of the next queries, in turn: rows as SQLite stores them; by default none.</summary>
    private Queue<string> Answers { get; } = new();

    /// <summary>The persistence of the service, registered as in the service.</summary>
    public static ServiceProvider Build(
        DatabaseProvider engine,
        string connectionString,
        IInterceptor interceptor,
        LogSink log,
        LogLevel minimumLevel = LogLevel.Information
    )
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(minimumLevel).AddProvider(log));
        services.AddApplication();
        services.AddInfrastructure(
            new InfrastructureOptions(
                new DatabaseOptions { Provider = engine, ConnectionString = connectionString },
                [new byte[32]],
                new JwtOptions { Issuer = "https://auth.example.com", Audience = "example" },
                new KeyOptions(),
                new PasswordOptions(),
                new PasskeyOptions("auth.example.com", ["https://auth.example.com"]),
                new RevocationOptions(),
                new AuditOptions(),
                new MailOptions { Transport = MailTransport.Folder }
            )
        );
        services.AddSingleton(new LockoutPolicy());
        services.AddSingleton(new Meter("test"));
        services.ThrowOnUnorderedRows();
        services.ConfigureDbContext<SqliteAppDbContext>(context => context.AddInterceptors(interceptor));
        services.ConfigureDbContext<SqlServerAppDbContext>(context => context.AddInterceptors(interceptor));
        services.ConfigureDbContext<PostgresAppDbContext>(context => context.AddInterceptors(interceptor));
        return services.BuildServiceProvider();
    }

    /// <summary>Runs one operation on a service that has just started.</summary>
    /// <returns>The recorded commands.</returns>
    public static async Task<IReadOnlyList<SqlCommandText>> RecordAsync(DatabaseProvider engine, SqlOperation operation)
    {
        await using var recorder = new SqlRecorder(engine) { AffectedRows = operation.AffectedRows };
        return await recorder.RecordAsync(operation.Run, operation.Answers?.Invoke(recorder) ?? []);
    }

    /// <summary>Runs an operation on the persistence in its own scope.</summary>
    /// <returns>The recorded commands.</returns>
    public async Task<IReadOnlyList<SqlCommandText>> RecordAsync(
        Func<IServiceProvider, Task> use,
        params IReadOnlyList<string> answers
    )
    {
        _commands.Clear();
        Answers.Clear();
        foreach (var answer in answers)
        {
            Answers.Enqueue(answer);
        }

        await using var scope = _services.CreateAsyncScope();
        try
        {
            await use(scope.ServiceProvider);
        }
        catch (DbUpdateException failure) when (failure.InnerException is EndOfRecordException)
        {
            // Everything visible of a save on PostgreSQL.
        }

        return [.. _commands];
    }

    /// <summary>An instant as returned by the engine.</summary>
    public string Instant(DateTimeOffset instant) =>
        _engine == DatabaseProvider.Sqlite
            ? instant.UtcTicks.ToString(CultureInfo.InvariantCulture)
            : $"'{instant:yyyy-MM-dd HH:mm:ss}+00:00'";

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _answers.DisposeAsync();
    }

    private void Note(DbCommand command, int timeout) => Note(command.CommandText, command.Parameters, timeout);

    private void Note(string text) => Note(text, Array.Empty<DbParameter>(), timeout: 0);

    private void Note(string text, IEnumerable parameters, int timeout)
    {
        _commands.Add(new(text, [.. parameters.Cast<DbParameter>()], timeout));
        if (Failures.TryPeek(out var next) && text.Contains(next.Text, StringComparison.Ordinal))
        {
            throw Failures.Dequeue().Failure;
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is the tests' own.")]
    private SqliteDataReader Answer(DbCommand command, bool isSave)
    {
        if (isSave && command is NpgsqlCommand)
        {
            // The provider counts rows through its own reader. A save is one command, which has been recorded.
            throw new EndOfRecordException();
        }

        var answer = _answers.CreateCommand(); // disposed with its reader, which the connection disposes
        answer.CommandText =
            isSave ? AnswerToSave(command.CommandText)
            : Answers.TryDequeue(out var rows) ? rows
            : $"SELECT {string.Join(", ", Enumerable.Range(1, 50))} WHERE 0";
        return answer.ExecuteReader();
    }

    /// <summary>For each statement with a result: one affected row, or the generated id of each new row.</summary>
    private string AnswerToSave(string text)
    {
        var answers = SaveAnswer()
            .Matches(text)
            .Select(clause =>
                clause.Value switch
                {
                    "OUTPUT 1" or "RETURNING 1" => "SELECT 1",
                    "OUTPUT INSERTED.[Id], i._Position" =>
                        $"SELECT {++_lastNumber}, 0 UNION ALL SELECT {++_lastNumber}, 1",
                    _ => $"SELECT {++_lastNumber}",
                }
            );
        return string.Join(';', answers.DefaultIfEmpty("SELECT 1 WHERE 0"));
    }

    [GeneratedRegex(
        "OUTPUT 1|RETURNING 1|OUTPUT INSERTED\\.\\[Id\\](, i\\._Position)?|RETURNING \"Id\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SaveAnswer();

    private sealed class EndOfRecordException : Exception;

    private sealed class Interceptor(SqlRecorder recorder)
        : IDbConnectionInterceptor,
            IDbCommandInterceptor,
            IDbTransactionInterceptor
    {
        public InterceptionResult ConnectionOpening(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result
        ) => connection is SqliteConnection ? result : InterceptionResult.Suppress();

        public ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        ) => ValueTask.FromResult(ConnectionOpening(connection, eventData, result));

        public InterceptionResult<DbCommand> CommandCreating(
            CommandCorrelatedEventData eventData,
            InterceptionResult<DbCommand> result
        ) =>
            InterceptionResult<DbCommand>.SuppressWithResult(
                new RecordedCommand(
                    recorder,
                    eventData.Connection.CreateCommand(),
                    eventData.CommandSource == CommandSource.SaveChanges
                )
            );

        public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection,
            TransactionStartingEventData eventData,
            InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default
        )
        {
            recorder.Note("BEGIN TRANSACTION");
            return ValueTask.FromResult(
                InterceptionResult<DbTransaction>.SuppressWithResult(new RecordedTransaction(recorder, connection))
            );
        }
    }

    private sealed class RecordedTransaction(SqlRecorder recorder, DbConnection connection) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.Unspecified;

        protected override DbConnection DbConnection => connection;

        public override void Commit() => recorder.Note("COMMIT");

        public override void Rollback() => recorder.Note("ROLLBACK");
    }

    /// <summary>A command with parameters of the engine, which is never sent.</summary>
    private sealed class RecordedCommand(SqlRecorder recorder, DbCommand command, bool isSave) : DbCommand
    {
        [AllowNull]
        [SuppressMessage("Security", "CA2100", Justification = "Nothing is executed.")]
        public override string CommandText
        {
            get => command.CommandText;
            set => command.CommandText = value;
        }

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override UpdateRowSource UpdatedRowSource { get; set; }

        public override bool DesignTimeVisible { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbTransaction? DbTransaction { get; set; }

        protected override DbParameterCollection DbParameterCollection => command.Parameters;

        public override void Cancel() { }

        public override void Prepare() { }

        public override int ExecuteNonQuery()
        {
            recorder.Note(command, CommandTimeout);
            return recorder.AffectedRows;
        }

        public override object? ExecuteScalar()
        {
            recorder.Note(command, CommandTimeout);
            return 1L;
        }

        protected override DbParameter CreateDbParameter() => command.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            recorder.Note(command, CommandTimeout);
            return recorder.Answer(command, isSave);
        }

        protected override void Dispose(bool disposing)
        {
            command.Dispose();
            base.Dispose(disposing);
        }
    }
}
