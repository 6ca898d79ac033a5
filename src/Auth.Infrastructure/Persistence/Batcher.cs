namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Lets those who want the same of the database at the same time go there together: whoever comes while a batch is under
/// way waits for its end, and goes with everybody else who does. Nobody waits to fill a batch, and a batch that is held up
/// does not hold up those behind it.
/// </summary>
/// <typeparam name="TKey">What a batch has at most one of.</typeparam>
/// <typeparam name="TItem">What is to be done.</typeparam>
/// <typeparam name="TResult">What came of it.</typeparam>
/// <param name="keyOf">The key of an item.</param>
/// <param name="run">Does what a batch asks for, and answers each item in their order.</param>
/// <param name="clock">Tells when a batch is held up.</param>
internal sealed class Batcher<TKey, TItem, TResult>(
    Func<TItem, TKey> keyOf,
    Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> run,
    TimeProvider clock
)
    where TKey : notnull
{
    /// <summary>How many go together at the most.</summary>
    public const int MaxSize = 64;

    /// <summary>For how long those behind a batch wait for its end. A healthy database needs a few milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private Queue<Entry> _waiting = new();
    private bool _busy;

    /// <summary>Does something, together with whatever else is waiting.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more; if it was under way, it goes on.</exception>
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
            // To whoever watches, the work of a batch is that of the request that has waited longest.
            if (batch[0].Context is { } context)
            {
                ExecutionContext.Restore(context);
            }

            try
            {
                await RunBatchAsync(batch).WaitAsync(Patience, clock);
            }
            catch (TimeoutException)
            {
                // It is held up, by a lock perhaps. The next ones may be luckier.
            }
        }
    }

    /// <returns>Null when nobody waits: the next one who comes starts anew.</returns>
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
