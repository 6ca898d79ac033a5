using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>The pooled connections to the database, and a way around them.</summary>
/// <param name="createContext">Creates a context.</param>
/// <param name="unpooled">The connection string of an unpooled connection with short timeouts.</param>
/// <param name="clear">Clears the pool of a connection.</param>
internal sealed class ConnectionPool(Func<AppDbContext> createContext, string unpooled, Action<DbConnection> clear)
{
    /// <summary>Checks that the database can be written through a new connection.</summary>
    /// <exception cref="Exception">It cannot be written.</exception>
    public async Task ProbeAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        await using var context = createContext();
        context.Database.SetConnectionString(unpooled);
        await WriteProbe.RunAsync(context, cancellationToken);
    }

    /// <summary>Closes the idle connections now, and the others when they are returned.</summary>
    public void Clear()
    {
        using var context = createContext();
        clear(context.Database.GetDbConnection());
    }
}
