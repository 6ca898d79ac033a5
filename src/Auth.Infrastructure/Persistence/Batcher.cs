namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Combines concurrent database operations of the same kind: items that arrive while a batch is running form the next
/// batch. No item waits for a batch to fill, and a batch that hangs does not block the ones after it.
/// </summary>
/// <typeparam name="TKey">The key of an item; unique within a batch.</typeparam>
/// <typeparam name="TItem">One operation.</typeparam>
/// <typeparam name="TResult">The result of an operation.</typeparam>
/// <param name="keyOf">Returns the key of an item.</param>
/// <param name="run">Runs a batch, and returns the results in the order of its items.</param>
/// <param name="clock">Measures how long a batch has been running.</param>
internal sealed class Batcher<TKey, TItem, TResult>(
    Func<TItem, TKey> keyOf,
    Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> run,
    TimeProvider clock
)
    where TKey : notnull
{
    /// <summary>The maximum number of items in a batch.</summary>
    public const int MaxSize = 64;

    /// <summary>How long the next batch waits for the current one; a healthy database needs a few milliseconds.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private Queue<Entry> _waiting = new();
    private bool _busy;

    /// <summary>Runs an operation together with the others that are waiting.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped waiting; an operation that has begun continues.
    /// </exception>
    public Task<TResult> RunAsync(TItem item, CancellationToken cancellationToken)
    {
        var entry = new Entry(item, ExecutionContext.Capture(), cancellationToken);
        lock (_lock)
        {
            _waiting.Enqueue(entry);
            if (!_busy)
            {
                _busy = true;
                ThreadPool.UnsafeQueueUserWorkItem(batcher => _ = batcher.RunBatchesAsync(), this, preferLocal: true);
            }
        }

        return entry.Result.Task.WaitAsync(cancellationToken);
    }

    private async Task RunBatchesAsync()
    {
        while (TakeBatch() is { } batch)
        {
            // Traces attribute the work of a batch to the request that has waited longest.
            if (batch[0].Context is { } context)
            {
                ExecutionContext.Restore(context);
            }

            try
            {
                await RunBatchAsync(batch).WaitAsync(MaxWait, clock);
            }
            catch (TimeoutException)
            {
                // The batch hangs, perhaps on a lock; the next one need not wait for it.
            }
        }
    }

    /// <returns>Null if no item is waiting; the next item then starts a new loop.</returns>
    private List<Entry>? TakeBatch()
    {
        var batch = new List<Entry>();
        var keys = new HashSet<TKey>();
        lock (_lock)
        {
            var later = new Queue<Entry>();
            while (_waiting.TryDequeue(out var entry))
            {
                if (entry.CancellationToken.IsCancellationRequested)
                {
                    continue;
                }

                if (batch.Count < MaxSize && keys.Add(keyOf(entry.Item)))
                {
                    batch.Add(entry);
                }
                else
                {
                    later.Enqueue(entry);
                }
            }

            _waiting = later;
            _busy = batch.Count > 0;
        }

        return batch.Count > 0 ? batch : null;
    }

    private async Task RunBatchAsync(List<Entry> batch)
    {
        try
        {
            var results = await run([.. batch.Select(entry => entry.Item)]);
            foreach (var (entry, result) in batch.Zip(results))
            {
                entry.Result.SetResult(result);
            }
        }
        catch (Exception failure)
        {
            foreach (var entry in batch)
            {
                entry.Result.SetException(failure);
            }
        }
    }

    private sealed record Entry(TItem Item, ExecutionContext? Context, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
