using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Auth.Application.Abstractions;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// Where all slow password work goes through: few threads of low priority and a bounded queue, so that a flood of
/// logins can take neither the processor nor the memory from the rest of the service.
/// </summary>
/// <remarks>
/// A worker takes up to four waiting hashes of one cost at once, because computing them in one loop takes little longer
/// than computing one, but it leaves to idle workers what they can do at the same time. Threads start when needed.
/// </remarks>
internal sealed partial class PasswordHashingGate : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private readonly LinkedList<Waiting> _queue = [];
    private readonly List<Thread> _threads = [];
    private readonly IBcrypt _bcrypt;
    private readonly int _workers;
    private readonly int _maxQueued;
    private readonly Histogram<double> _waitDuration;
    private readonly Counter<long> _turnedAway;
    private int _busy;
    private bool _disposed;

    public PasswordHashingGate(PasswordOptions options, Meter meter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Workers, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxQueuedHashes, nameof(options));
        _bcrypt = Bcrypt.Create(options.Bcrypt);
        _workers = options.Workers > 0 ? options.Workers : Environment.ProcessorCount;
        _maxQueued = options.MaxQueuedHashes;
        _waitDuration = meter.CreateHistogram<double>(
            "auth.password_hashing.wait.duration",
            "s",
            "How long a password waits until its hash is begun."
        );
        _turnedAway = meter.CreateCounter<long>(
            "auth.password_hashing.turned_away",
            "{hash}",
            "Passwords that were turned away because the queue was full."
        );
        meter.CreateObservableUpDownCounter(
            "auth.password_hashing.queue.length",
            CountWaiting,
            "{hash}",
            "Passwords that wait for a worker."
        );
    }

    /// <summary>Waits for a worker to compute a bcrypt hash.</summary>
    /// <param name="input">What to hash; receives the digest.</param>
    /// <param name="cancellationToken">Leaves the queue; a hash that has been begun is finished.</param>
    /// <exception cref="ServiceUnavailableException">The queue is full, or the service is stopping.</exception>
    public Task RunAsync(BcryptInput input, CancellationToken cancellationToken) =>
        WaitAsync(new Waiting(input, () => _bcrypt.Compute(input)), cancellationToken);

    /// <summary>Waits for a worker to do something slow that cannot be done together with anything else.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Leaves the queue; work that has been begun is finished.</param>
    /// <exception cref="ServiceUnavailableException">The queue is full, or the service is stopping.</exception>
    public Task RunAsync(Action work, CancellationToken cancellationToken) =>
        WaitAsync(new Waiting(null, work), cancellationToken);

    /// <summary>Ends the workers, after what they are at, and turns away what still waits.</summary>
    public void Dispose()
    {
        List<Waiting> left;
        lock (_lock)
        {
            _disposed = true;
            left = [.. _queue];
            _queue.Clear();
            Monitor.PulseAll(_lock);
        }

        foreach (var waiting in left)
        {
            waiting.Completion.TrySetException(Stopping());
        }

        // No thread is added once the gate is disposed.
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private async Task WaitAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Enqueue(waiting);
        await using (cancellationToken.UnsafeRegister((_, token) => Cancel(waiting, token), null))
        {
            await waiting.Completion.Task;
        }
    }

    private void Enqueue(Waiting waiting)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw Stopping();
            }

            // What free workers are about to take is not counted as waiting.
            if (_queue.Count >= _maxQueued + _workers - _busy)
            {
                _turnedAway.Add(1);
                throw new ServiceUnavailableException("Too many password hashes are waiting.", RetryAfter);
            }

            waiting.Place = _queue.AddLast(waiting);
            if (_threads.Count < Math.Min(_workers, _busy + _queue.Count))
            {
                StartWorker();
            }

            Monitor.Pulse(_lock);
        }
    }

    private void Cancel(Waiting waiting, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (waiting.Place is not { List: not null } place)
            {
                return; // it is being done
            }

            _queue.Remove(place);
        }

        waiting.Completion.TrySetCanceled(cancellationToken);
    }

    private int CountWaiting()
    {
        lock (_lock)
        {
            return _queue.Count;
        }
    }

    private void StartWorker()
    {
        var thread = new Thread(Work)
        {
            Name = "Password hashing",
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        };
        _threads.Add(thread);
        // Unsafe: a worker belongs to no request, so it must not keep the ambient values of the first one.
        thread.UnsafeStart();
    }

    private void Work()
    {
        LowerPriorityOnLinux();
        while (Take() is { Count: > 0 } batch)
        {
            Exception? error = null;
            try
            {
                Run(batch);
            }
            catch (Exception exception)
            {
                error = exception; // belongs to those who wait for it; the worker goes on
            }

            // First the worker is free, then its callers go on: they may come back at once.
            lock (_lock)
            {
                _busy--;
            }

            foreach (var waiting in batch)
            {
                if (error is null)
                {
                    waiting.Completion.TrySetResult();
                }
                else
                {
                    waiting.Completion.TrySetException(error);
                }
            }
        }
    }

    private void Run(List<Waiting> batch)
    {
        if (batch is [var alone])
        {
            alone.Work();
            return;
        }

        _bcrypt.Compute([.. batch.Select(waiting => waiting.Input!)]);
    }

    /// <summary>Waits for work.</summary>
    /// <returns>What to do at once; nothing when the gate has been disposed.</returns>
    private List<Waiting> Take()
    {
        lock (_lock)
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
            var batch = Choose(first);
            foreach (var waiting in batch)
            {
                _queue.Remove(waiting.Place!);
                _waitDuration.Record(Stopwatch.GetElapsedTime(waiting.Since).TotalSeconds);
            }

            return batch;
        }
    }

    private List<Waiting> Choose(Waiting first)
    {
        var idle = _workers - _busy;
        var most = Math.Min(_bcrypt.MaxLanes, _queue.Count - idle);
        if (first.Input is null || most < 2)
        {
            return [first];
        }

        var alike = _queue.Where(waiting => waiting.Input?.Cost == first.Input.Cost).Take(most).ToList();
        // Three would be computed as two and one: the third is better off with another worker or a fourth.
        return alike.Count == 3 ? alike[..2] : alike;
    }

    private static ServiceUnavailableException Stopping() => new("The service is stopping.", RetryAfter);

    /// <summary>.NET leaves thread priorities alone on Linux, where a niceness belongs to the single thread.</summary>
    private static void LowerPriorityOnLinux()
    {
        if (OperatingSystem.IsLinux())
        {
            const int process = 0;
            const uint thisThread = 0;
            const int nice = 10;
            // Without effect where it is refused: the service is then merely less responsive in a flood.
            _ = SetPriority(process, thisThread, nice);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);

    private sealed class Waiting(BcryptInput? input, Action work)
    {
        /// <summary>The hash to compute, if it can be computed together with others.</summary>
        public BcryptInput? Input { get; } = input;

        public Action Work { get; } = work;

        /// <summary>When it came, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
        public long Since { get; } = Stopwatch.GetTimestamp();

        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Where in the queue it is, or was.</summary>
        public LinkedListNode<Waiting>? Place { get; set; }
    }
}
