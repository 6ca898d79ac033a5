using System.Diagnostics.Metrics;
using Auth.Application.Abstractions;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// The queue for all slow password work: few low-priority threads and a bounded number of waiting hashes, so that a flood
/// of logins leaves processor and memory to the rest of the service.
/// </summary>
/// <remarks>
/// A worker takes up to four waiting hashes of the same cost, because computing them in one loop takes little longer than
/// computing one, but leaves to idle workers what they can do at the same time. Threads start on demand.
/// </remarks>
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

    public PasswordHashingQueue(PasswordOptions options, Meter meter)
        : this(options, meter, Passwords.Bcrypt.Create(options.Bcrypt)) { }

    public PasswordHashingQueue(PasswordOptions options, Meter meter, IBcrypt bcrypt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Workers, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxQueuedHashes, nameof(options));
        Bcrypt = bcrypt;
        _workers = options.Workers > 0 ? options.Workers : Environment.ProcessorCount;
        _maxQueued = options.MaxQueuedHashes;
        _metrics = new(meter, () => Locked(() => _queue.Count));
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
        List<QueuedHash> left = [];
        lock (_lock)
        {
            _disposed = true;
            left.AddRange(_queue);
            _queue.Clear();
            Monitor.PulseAll(_lock);
        }

        left.ForEach(hash => hash.Complete(Stopping()));
        _threads.ForEach(thread => thread.Join()); // none is added once the queue is disposed
    }

    private async Task WaitAsync(QueuedHash hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Enqueue(hash);
        }

        await using (cancellationToken.UnsafeRegister((_, token) => Cancel(hash, token), null))
        {
            await hash.Completion;
        }
    }

    private void Enqueue(QueuedHash hash)
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

        hash.Node = _queue.AddLast(hash);
        if (_threads.Count < Math.Min(_workers, _busy + _queue.Count))
        {
            _threads.Add(LowPriorityThread.Start("Password hashing", Work));
        }

        Monitor.Pulse(_lock);
    }

    private void Cancel(QueuedHash hash, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (hash.Node is not { List: not null } place)
            {
                return; // a worker has taken it
            }

            _queue.Remove(place);
        }

        hash.Cancel(cancellationToken);
    }

    private void Work()
    {
        while (Locked(Take) is { Count: > 0 } batch)
        {
            Exception? error = null;
            try
            {
                if (batch is [var alone])
                {
                    alone.Run();
                }
                else
                {
                    Bcrypt.Compute([.. batch.Select(hash => hash.Job!)]);
                }
            }
            catch (Exception exception)
            {
                error = exception; // reported to the callers; the worker continues
            }

            // The worker becomes idle before its callers continue: they may come back at once.
            Locked(() => _busy--);
            batch.ForEach(hash => hash.Complete(error));
        }
    }

    /// <summary>Waits for work.</summary>
    /// <returns>The hashes to compute together; empty if the queue has been disposed.</returns>
    private List<QueuedHash> Take()
    {
        while (_queue.Count == 0 && !_disposed)
        {
            Monitor.Wait(_lock);
        }

        if (_queue.First is not { Value: var first })
        {
            return [];
        }

        _busy++;
        var batch = first.SelectBatch(_queue, Bcrypt.MaxLanes, idle: _workers - _busy);
        foreach (var hash in batch)
        {
            _queue.Remove(hash.Node!);
            _metrics.RecordWait(hash);
        }

        return batch;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private static ServiceUnavailableException Stopping() => new("The service is stopping.", s_retryAfter);
}
