namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Lets one writer at a time into an embedded database. SQLite has a single writer anyway; here those who wait do so in
/// order and without holding a thread, instead of polling for the lock. Servers need no such gate.
/// </summary>
internal sealed class WriteGate(DatabaseEngine engine) : IDisposable
{
    private readonly SemaphoreSlim? _writer = engine.HasSingleWriter ? new(1) : null;

    /// <summary>Waits for the right to write, which lasts until the result is disposed.</summary>
    /// <exception cref="TimeoutException">Earlier writers do not finish: another process keeps the file locked.</exception>
    public async ValueTask<WriteLease> EnterAsync(CancellationToken cancellationToken)
    {
        if (_writer is not null && !await _writer.WaitAsync(DatabaseTimeouts.Lease, cancellationToken))
        {
            throw new TimeoutException("Earlier writers do not finish.");
        }

        return new WriteLease(_writer);
    }

    public void Dispose() => _writer?.Dispose();
}

/// <summary>The right to write, until disposed.</summary>
internal readonly struct WriteLease(SemaphoreSlim? writer) : IDisposable
{
    public void Dispose() => writer?.Release();
}
