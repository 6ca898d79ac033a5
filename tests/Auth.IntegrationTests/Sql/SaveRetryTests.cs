using System.Data.Common;
using System.Reflection;
using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Lockout;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.IntegrationTests.Sql;

public sealed class SaveRetryTests
{
    private const string NoChainYet = "SELECT 1, 2, 3, 4 WHERE 0";
    private const string NotStored = "SELECT 0";
    private const string Stored = "SELECT 1";

    [Theory]
    [InlineData("INSERT INTO [AuditRecords]")]
    [InlineData("COMMIT")]
    public async Task A_deadlock_victim_retries_the_whole_save(string where)
    {
        await using var recorder = new SqlRecorder(DatabaseProvider.SqlServer);
        recorder.Failures.Enqueue((where, MakeDeadlock()));

        var commands = await recorder.RecordAsync(SaveRecordAsync, NoChainYet, NotStored);

        commands.Count(IsInsert).ShouldBe(2);
        commands[^1].Text.ShouldBe("COMMIT");
        recorder.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_commit_that_succeeded_on_a_lost_connection_is_not_repeated()
    {
        await using var recorder = new SqlRecorder(DatabaseProvider.SqlServer);
        recorder.Failures.Enqueue(("COMMIT", new TimeoutException()));

        var commands = await recorder.RecordAsync(SaveRecordAsync, NoChainYet, Stored);

        commands.Count(IsInsert).ShouldBe(1);
    }

    [Fact]
    public async Task Failed_attempts_are_counted_despite_deadlocks()
    {
        await using var recorder = new SqlRecorder(DatabaseProvider.SqlServer);
        recorder.Failures.Enqueue(("UPDATE", MakeDeadlock()));

        var commands = await recorder.RecordAsync(
            services =>
                services
                    .GetRequiredService<IFailureCountRepository>()
                    .CountFailureAsync(new byte[32], userId: null, SqlRecorder.Now, CancellationToken.None),
            "SELECT 5 AS \"Value\""
        );

        commands
            .Select(command => command.Text.Split(' ')[0])
            .ShouldBe(["BEGIN", "UPDATE", "BEGIN", "UPDATE", "COMMIT"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Engine", "Server")]
    public async Task Everything_is_stored_once_whether_the_connection_is_lost_before_or_after_the_commit(bool after)
    {
        using var database = new TestDatabase();
        Assert.SkipWhen(
            database.Provider == "Sqlite",
            "SQLite is part of the process: there is no connection to lose."
        );
        await using (var service = TestService.Start(database)) { }

        var engine = Enum.Parse<DatabaseProvider>(database.Provider);
        var interruption = new Interruption(after, engine);
        await using var services = SqlRecorder.Build(engine, database.ConnectionString, interruption, new LogSink());
        await using var scope = services.CreateAsyncScope();
        var role = Role.Create(RoleName.From("author"), description: null, ["articles:read"], 1, SqlRecorder.Now);
        role.Permit(["articles:write"], 2, SqlRecorder.Now);
        scope.ServiceProvider.GetRequiredService<IRoleRepository>().Add(role);

        await SaveRecordAsync(scope.ServiceProvider);
        await SaveRecordAsync(scope.ServiceProvider);

        interruption.Happened.ShouldBeTrue();
        database.Count("Roles", "\"Name\" = 'author'").ShouldBe(1);
        database.Count("Revocations", $"\"SubjectId\" = {database.IdText(role.Id.ToString())}").ShouldBe(1);
        database.Count("AuditRecords", "\"Detail\" = 'once'").ShouldBe(2);
        var verification = await scope
            .ServiceProvider.GetRequiredService<IAuditVerifier>()
            .VerifyAsync(checkpoint: null, TestContext.Current.CancellationToken);
        verification.Faults.Where(fault => fault.Contains("missing", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Engine", "Server")]
    public async Task Two_saves_that_block_each_other_both_succeed()
    {
        using var database = new TestDatabase();
        Assert.SkipUnless(database.Provider == "Postgres", "No PostgreSQL: name one in AUTH_TEST_POSTGRES.");
        await using (var service = TestService.Start(database)) { }

        await using var services = SqlRecorder.Build(
            DatabaseProvider.Postgres,
            database.ConnectionString,
            new Interruption(after: false, DatabaseProvider.Postgres) { Happened = true },
            new LogSink()
        );
        var roles = new[] { Role.Viewer, Role.Editor };
        var raised = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(async turn =>
                {
                    for (var i = 0; i < 20; i++)
                    {
                        await using var scope = services.CreateAsyncScope();
                        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
                        var repository = scope.ServiceProvider.GetRequiredService<IRoleRepository>();
                        while (!await TryRaiseAsync()) { }

                        async Task<bool> TryRaiseAsync()
                        {
                            work.Discard();
                            foreach (var name in turn == 0 ? roles : roles.Reverse())
                            {
                                (
                                    await repository.FindByNameAsync(RoleName.From(name), CancellationToken.None)
                                )!.RecordRemovedHolder();
                            }

                            try
                            {
                                await work.SaveChangesAsync(CancellationToken.None);
                                return true;
                            }
                            catch (Exception failure) when (work.IsLostRace(failure))
                            {
                                return false;
                            }
                        }

                        Interlocked.Increment(ref raised);
                    }
                })
        );

        raised.ShouldBe(40);
        database.Scalar("SELECT SUM(\"Version\") FROM \"Roles\" WHERE \"Name\" IN ('viewer', 'editor')").ShouldBe(80L);
    }

    private static bool IsInsert(SqlCommandText command) =>
        command.Text.Contains("INSERT INTO [AuditRecords]", StringComparison.Ordinal);

    private static Task SaveRecordAsync(IServiceProvider services)
    {
        var client = new ClientInfo("203.0.113.7", UserAgent: null);
        services
            .GetRequiredService<IAuditLog>()
            .Add(
                AuditRecord.Create(
                    AuditTypes.LoginFailed,
                    AuditOutcome.Failure,
                    client,
                    SqlRecorder.Now,
                    detail: "once"
                )
            );
        return services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
    }

    // The client library has no public constructor.
    private static SqlException MakeDeadlock()
    {
        const BindingFlags Internal = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
        const int Deadlock = 1205;
        var error = typeof(SqlError)
            .GetConstructors(Internal)
            .OrderBy(constructor => constructor.GetParameters().Length)
            .Select(constructor =>
                constructor.Invoke([
                    .. constructor
                        .GetParameters()
                        .Select(parameter =>
                            parameter.Position == 0 ? Deadlock
                            : parameter.ParameterType == typeof(string) ? ""
                            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
                            : null
                        ),
                ])
            )
            .First();
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Internal)!.Invoke(errors, [error]);
        return (SqlException)
            typeof(SqlException)
                .GetMethod("CreateException", Internal, [typeof(SqlErrorCollection), typeof(string)])!
                .Invoke(null, [errors, ""])!;
    }

    /// <summary>Breaks the connection once, before or after a commit.</summary>
    private sealed class Interruption(bool after, DatabaseProvider engine) : DbTransactionInterceptor
    {
        public bool Happened { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction,
            TransactionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        )
        {
            ThrowIf(!after);
            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction,
            TransactionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            ThrowIf(after);
            return Task.CompletedTask;
        }

        private void ThrowIf(bool isTheMoment)
        {
            if (isTheMoment && !Happened)
            {
                Happened = true;
                // A driver exception that is retried.
                throw engine == DatabaseProvider.Postgres
                    ? new NpgsqlException("The connection was lost.", new IOException())
                    : new TimeoutException();
            }
        }
    }
}
