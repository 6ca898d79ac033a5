using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Lets one process at a time migrate a SQLite file. EF Core's own lock is a row in the file, which a killed process leaves
/// behind, blocking every later start. This lock belongs to the operating system and ends with the process; its owner can
/// safely remove a leftover row.
/// </summary>
internal static class SqliteMigrationLock
{
    private const string Suffix = "-migrating";

    private const int MaxAttempts = 2400;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock and removes a leftover row; disposing the result releases the lock.</summary>
    /// <returns>Null for a database in memory.</returns>
    /// <exception cref="IOException">Another process held the lock for two minutes, or the lock file cannot be created.
    /// </exception>
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
            await RemoveLeftoverRowAsync(context, cancellationToken);
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
                // Never deleted: a waiting process would lock a file that others can no longer see.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure) when (attempt < MaxAttempts && failure is not DirectoryNotFoundException)
            {
                await Task.Delay(s_pause, clock, cancellationToken);
            }
        }
    }

    private static async Task RemoveLeftoverRowAsync(AppDbContext context, CancellationToken cancellationToken)
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
