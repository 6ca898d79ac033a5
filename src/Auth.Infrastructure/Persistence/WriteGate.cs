namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Lets one writer at a time into an embedded database. SQLite has a single writer anyway; here those who wait do so in
/// order and without holding a thread, instead of polling for the lock. Servers need no such gate.
/// </summary>
internal sealed class WriteGate(DatabaseEngine engine) : IDisposable
{
    private readonly SemaphoreSlim? _turn = engine.HasSingleWriter ? new(1) : null;

    /// <summary>Waits for its turn; disposing the answer ends it.</summary>
    /// <exception cref="TimeoutException">Those before it do not come to an end: somebody else keeps the file locked.</exception>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        if (_turn is not null && !await _turn.WaitAsync(DatabaseTimeouts.Turn, cancellationToken))
        {
            throw new TimeoutException("The writers before this one do not come to an end.");
        }

        return new Turn(_turn);
    }

    public void Dispose() => _turn?.Dispose();

    /// <summary>The right to write, until disposed.</summary>
    internal readonly struct Turn(SemaphoreSlim? turn) : IDisposable
    {
        public void Dispose() => turn?.Release();
    }
}
