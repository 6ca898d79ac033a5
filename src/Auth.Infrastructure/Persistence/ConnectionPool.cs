using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>The pooled connections to the database, and a way around them.</summary>
/// <param name="createContext">Creates a context that nobody shares.</param>
/// <param name="unpooled">The connection string for a new connection that does not wait long.</param>
/// <param name="clear">Drops the pooled connections of the same connection string.</param>
internal sealed class ConnectionPool(Func<AppDbContext> createContext, string unpooled, Action<DbConnection> clear)
{
    /// <summary>Tries whether a new connection can be made, and the database be written through it.</summary>
    /// <exception cref="Exception">It cannot.</exception>
    public async Task ProbeAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        await using var context = createContext();
        context.Database.SetConnectionString(unpooled);
        await WriteProbe.RunAsync(context, cancellationToken);
    }

    /// <summary>Drops the connections: those that are idle now, the others when their work is done.</summary>
    public void Clear()
    {
        using var context = createContext();
        clear(context.Database.GetDbConnection());
    }
}
