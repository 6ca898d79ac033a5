using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Lets one process at a time migrate an SQLite file. EF Core's own lock is a row in the file: a process that is killed
/// leaves it there, and every later start would wait for ever. This one is the operating system's and ends with the
/// process; whoever has it knows that such a row is left over.
/// </summary>
internal static class SqliteMigrationLock
{
    private const string Suffix = "-migrating";

    private const int MaxAttempts = 2400;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock and removes what is left over; disposing the answer gives the lock back.</summary>
    /// <returns>Null for a database that is in no file.</returns>
    /// <exception cref="IOException">Another process has kept the lock for two minutes, or there can be no such file.</exception>
    public static async Task<IDisposable?> EnterAsync(
        AppDbContext context,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var builder = new SqliteConnectionStringBuilder(context.Database.GetConnectionString());
        if (!Path.IsPathRooted(builder.DataSource) || builder.Mode == SqliteOpenMode.Memory)
        {
            return null;
        }

        var turn = await LockAsync(builder.DataSource + Suffix, clock, cancellationToken);
        try
        {
            await RemoveLeftOverAsync(context, cancellationToken);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    private static async Task<FileStream> LockAsync(
        string path,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Not deleted afterwards: whoever waits would then lock a file that others no longer see.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure) when (attempt < MaxAttempts && failure is not DirectoryNotFoundException)
            {
                await Task.Delay(s_pause, clock, cancellationToken);
            }
        }
    }

    private static async Task RemoveLeftOverAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var locks = await context
            .Database.SqlQueryRaw<int>(
                "SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'"
            )
            .SingleAsync(cancellationToken);
        if (locks > 0)
        {
            await context.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancellationToken);
        }
    }
}
