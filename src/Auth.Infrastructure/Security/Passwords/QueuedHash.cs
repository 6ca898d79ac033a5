using System.Diagnostics;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>Work that waits in the <see cref="PasswordHashingQueue"/>.</summary>
/// <param name="job">The hash, if it can be computed together with others; else null.</param>
/// <param name="work">Does the work alone.</param>
internal sealed class QueuedHash(BcryptJob? job, Action work)
{
    private readonly long _since = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The hash, if it can be computed together with others; else null.</summary>
    public BcryptJob? Job => job;

    /// <summary>The time since it was queued.</summary>
    public TimeSpan WaitingTime => Stopwatch.GetElapsedTime(_since);

    /// <summary>Completes when the work is done.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Its node in the queue.</summary>
    public LinkedListNode<QueuedHash>? Node { get; set; }

    /// <summary>Does the work alone.</summary>
    public void Run() => work();

    /// <summary>Completes the task of the caller.</summary>
    /// <param name="error">The error; null if there was none.</param>
    public void Complete(Exception? error)
    {
        if (error is null)
        {
            _completion.TrySetResult();
        }
        else
        {
            _completion.TrySetException(error);
        }
    }

    /// <summary>Cancels the task of the caller.</summary>
    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);

    /// <summary>Selects the hashes to compute together with this one, the first of a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="maxLanes">How many hashes can be computed in one loop.</param>
    /// <param name="idle">The number of other idle workers, which get their share.</param>
    public List<QueuedHash> SelectBatch(IReadOnlyCollection<QueuedHash> queue, int maxLanes, int idle)
    {
        var most = Math.Min(maxLanes, queue.Count - idle);
        if (Job is null || most < 2)
        {
            return [this];
        }

        var alike = queue.Where(hash => hash.Job?.Cost == Job.Cost).Take(most).ToList();
        // Three would be computed as two and one: the third is better off with another worker or a fourth hash.
        return alike.Count == 3 ? alike[..2] : alike;
    }
}
