namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Lets one writer at a time into an embedded database. SQLite has a single writer anyway; here writers wait in order and
/// without blocking a thread, instead of polling for the lock. Servers need no gate.
/// </summary>
internal sealed class WriteGate(DatabaseEngine engine) : IDisposable
{
    private readonly SemaphoreSlim? _writer = engine.IsEmbedded ? new(1) : null;

    /// <summary>Waits for the right to write, held until the result is disposed.</summary>
    /// <exception cref="TimeoutException">Earlier writers did not finish: another process keeps the file locked.</exception>
    public async ValueTask<WriteLease> EnterAsync(CancellationToken cancellationToken)
    {
        if (_writer is not null && !await _writer.WaitAsync(DatabaseTimeouts.Lease, cancellationToken))
        {
            throw new TimeoutException("Timed out waiting for earlier writers to finish.");
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
