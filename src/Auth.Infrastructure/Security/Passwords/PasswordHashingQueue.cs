using System.Diagnostics.Metrics;
using Auth.Application.Abstractions;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// The queue for all slow password work: few low-priority threads and a bounded number of waiting hashes, so that a flood
/// of logins leaves processor and memory to the rest of the service. A worker takes up to four waiting hashes of the same
/// cost (<see cref="HashBatch"/>). Threads start on demand.
/// </summary>
internal sealed class PasswordHashingQueue : IDisposable
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private readonly LinkedList<QueuedHash> _queue = [];
    private readonly List<Thread> _threads = [];
    private readonly int _workers;
    private readonly int _maxQueued;
    private readonly PasswordHashingMetrics _metrics;
    private int _busy;
    private bool _disposed;

    public PasswordHashingQueue(PasswordOptions options, Meter meter, IBcrypt? bcrypt = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Workers, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxQueuedHashes, nameof(options));
        Bcrypt = bcrypt ?? Passwords.Bcrypt.Create(options.Bcrypt);
        _workers = options.Workers > 0 ? options.Workers : Environment.ProcessorCount;
        _maxQueued = options.MaxQueuedHashes;
        _metrics = new(meter, () => _queue.Count);
    }

    /// <summary>The implementation that computes the hashes.</summary>
    public IBcrypt Bcrypt { get; }

    /// <summary>Waits for a worker to compute a bcrypt hash.</summary>
    /// <param name="job">What to hash; receives the digest.</param>
    /// <param name="cancellationToken">Leaves the queue; a hash that has been started is finished.</param>
    /// <exception cref="ServiceUnavailableException">The queue is full, or the service is stopping.</exception>
    public Task RunAsync(BcryptJob job, CancellationToken cancellationToken) =>
        WaitAsync(new QueuedHash(job, () => Bcrypt.Compute(job)), cancellationToken);

    /// <summary>Waits for a worker to do slow work that cannot be combined with other work.</summary>
    /// <inheritdoc cref="RunAsync(BcryptJob, CancellationToken)"/>
    public Task RunAsync(Action work, CancellationToken cancellationToken) =>
        WaitAsync(new QueuedHash(job: null, work), cancellationToken);

    /// <summary>Stops the workers after their current work, and rejects what is still waiting.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            new HashBatch([.. _queue]).Complete(Stopping());
            _queue.Clear();
            Monitor.PulseAll(_lock);
        }

        _threads.ForEach(thread => thread.Join()); // none is added once the queue is disposed
    }

    private async Task WaitAsync(QueuedHash hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Enqueue(hash);
        await using (cancellationToken.UnsafeRegister((_, token) => Cancel(hash, token), null))
        {
            await hash.Completion;
        }
    }

    private void Enqueue(QueuedHash hash)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw Stopping();
            }

            // Work that idle workers are about to take does not count as waiting.
            if (_queue.Count >= _maxQueued + _workers - _busy)
            {
                _metrics.CountRejection();
                throw new ServiceUnavailableException("Too many password hashes are waiting.", s_retryAfter);
            }

            _queue.AddLast(hash);
            if (_threads.Count < Math.Min(_workers, _busy + _queue.Count))
            {
                _threads.Add(LowPriorityThread.Start("Password hashing", Work));
            }

            Monitor.Pulse(_lock);
        }
    }

    private void Cancel(QueuedHash hash, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_queue.Remove(hash)) // else a worker has taken it
            {
                hash.Cancel(cancellationToken);
            }
        }
    }

    private void Work()
    {
        while (Take() is { } batch)
        {
            var error = batch.Compute(Bcrypt);
            // The worker becomes idle before its callers continue: they may come back at once.
            lock (_lock)
            {
                _busy--;
            }

            batch.Complete(error);
        }
    }

    /// <summary>Waits for work.</summary>
    /// <returns>Null if the queue has been disposed.</returns>
    private HashBatch? Take()
    {
        lock (_lock)
        {
            while (_queue.Count == 0 && !_disposed)
            {
                Monitor.Wait(_lock);
            }

            if (_disposed)
            {
                return null;
            }

            _busy++;
            var batch = HashBatch.TakeFrom(_queue, Bcrypt.MaxLanes, idle: _workers - _busy);
            _metrics.RecordWait(batch);
            return batch;
        }
    }

    private static ServiceUnavailableException Stopping() => new("The service is stopping.", s_retryAfter);
}
