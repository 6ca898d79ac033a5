namespace Auth.Infrastructure.Persistence;

/// <summary>Bulk statements that run in the transaction of the next save.</summary>
internal sealed class DeferredCommands
{
    private readonly List<Func<CancellationToken, Task>> _statements = [];

    /// <summary>Whether there are any statements.</summary>
    public bool Any => _statements.Count > 0;

    /// <summary>Adds a statement, which may run more than once if the connection is lost.</summary>
    public void Add(Func<CancellationToken, Task> statement) => _statements.Add(statement);

    /// <summary>Runs all statements.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var statement in _statements)
        {
            await statement(cancellationToken);
        }
    }

    /// <summary>Discards all statements.</summary>
    public void Clear() => _statements.Clear();
}
