namespace Auth.Infrastructure.Persistence;

/// <summary>Statements about many rows that belong to the next save and are run in its transaction.</summary>
internal sealed class DeferredCommands
{
    private readonly List<Func<CancellationToken, Task>> _statements = [];

    /// <summary>Whether there is any.</summary>
    public bool Any => _statements.Count > 0;

    /// <summary>Adds a statement. It may be run more than once, if the connection is lost on the way.</summary>
    public void Add(Func<CancellationToken, Task> statement) => _statements.Add(statement);

    /// <summary>Runs them all.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var statement in _statements)
        {
            await statement(cancellationToken);
        }
    }

    /// <summary>Forgets them.</summary>
    public void Clear() => _statements.Clear();
}
