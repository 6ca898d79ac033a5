using System.Data.Common;
using Auth.Application.Users;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Auth.Infrastructure.Persistence.Diagnostics;

/// <summary>Checks the database and the keys in it without changing anything.</summary>
internal sealed class DatabaseDiagnostics(
    AppDbContext context,
    DatabaseOptions options,
    DatabaseEngine engine,
    SchemaDiagnostics schema,
    KeyDiagnostics keys,
    AddressDiagnostics addresses,
    IUserRepository users,
    IUserQueries userQueries,
    TimeProvider clock
)
{
    private readonly DatabaseTarget _target =
        DatabaseTarget.Find(options.Provider, options.ConnectionString)
        ?? throw new ArgumentException("The connection string is invalid.", nameof(options));

    public async Task<IReadOnlyList<DiagnosticResult>> RunAsync(CancellationToken cancellationToken)
    {
        const string Subject = "Database";
        // Without the retries of the running service.
        var connection = context.GetService<IRelationalConnection>();
        try
        {
            await connection.OpenAsync(cancellationToken, errorsExpected: true);
        }
        catch (DbException failure) when (options.MigrateOnStartup && engine.IsMissingDatabase(failure))
        {
            return
            [
                DiagnosticResult.Ok(Subject, $"{_target}: the database does not exist yet; the first start creates it"),
            ];
        }
        catch (Exception failure) when (DatabaseProblem.Find(failure, options) is { } problem)
        {
            return [DiagnosticResult.Problem(Subject, problem.Text, problem.Remedy)];
        }

        try
        {
            return await RunAsync(connection.DbConnection, cancellationToken);
        }
        finally
        {
            await connection.CloseAsync();
        }
    }

    private async Task<IReadOnlyList<DiagnosticResult>> RunAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<DiagnosticResult> { DiagnosticResult.Ok("Database", $"{_target}: responds") };
        foreach (var check in engine.ListChecks(clock))
        {
            await AddAsync(async () => findings.Add(await check(connection, cancellationToken)));
        }

        var isUpToDate = false;
        await AddAsync(async () =>
        {
            var state = await schema.RunAsync(cancellationToken);
            findings.AddRange(state.Findings);
            isUpToDate = state.IsUpToDate;
        });
        if (isUpToDate)
        {
            await AddAsync(async () => findings.Add(await CheckWritingAsync(cancellationToken)));
            await AddAsync(async () => findings.AddRange(await keys.RunAsync(cancellationToken)));
            await AddAsync(async () => findings.Add(await CheckAdministratorsAsync(cancellationToken)));
            await AddAsync(async () => findings.Add(await CheckFactorsAsync(cancellationToken)));
            await AddAsync(async () => findings.AddRange(await addresses.RunAsync(cancellationToken)));
        }

        return findings;

        // A check that the engine rejects does not prevent the others.
        async Task AddAsync(Func<Task> check)
        {
            try
            {
                await check();
            }
            catch (Exception failure) when (DatabaseProblem.Find(failure, options) is { } problem)
            {
                findings.Add(DiagnosticResult.Problem("Database", problem.Text, problem.Remedy));
            }
        }
    }

    // What the engine reports about itself is not enough: the disk may be full, or permissions may be missing.
    private async Task<DiagnosticResult> CheckWritingAsync(CancellationToken cancellationToken)
    {
        await WriteProbe.RunAsync(context, cancellationToken);
        return DiagnosticResult.Ok("Writing", "possible: a row was written and rolled back");
    }

    private async Task<DiagnosticResult> CheckAdministratorsAsync(CancellationToken cancellationToken) =>
        await users.AnyOtherActiveAdministratorAsync(Guid.Empty, cancellationToken)
            ? DiagnosticResult.Ok("Administrators", "there is an active administrator")
            : DiagnosticResult.Warning(
                "Administrators",
                "there is no active administrator, so nobody can change roles.",
                "dotnet Auth.Api.dll create-admin --email ADDRESS"
            );

    private async Task<DiagnosticResult> CheckFactorsAsync(CancellationToken cancellationToken) =>
        await userQueries.CountAdministratorsWithoutFactorAsync(cancellationToken) is var count and > 0
            ? DiagnosticResult.Warning(
                "Second factors",
                FormattableString.Invariant(
                    $"{count} of the administrators {(count == 1 ? "has" : "have")} none: a stolen password is enough."
                ),
                "Enrol a passkey or an authenticator app at /account, and set SecondFactor:RequiredForRoles."
            )
            : DiagnosticResult.Ok("Second factors", "all administrators have one");
}
