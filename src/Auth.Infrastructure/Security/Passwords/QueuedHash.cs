using System.Diagnostics;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>Work that waits in the <see cref="PasswordHashingQueue"/>.</summary>
/// <param name="job">The hash to compute, if it can be computed together with others; else null.</param>
/// <param name="work">Does the work alone.</param>
internal sealed class QueuedHash(BcryptJob? job, Action work)
{
    private readonly long _since = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The hash to compute, if it can be computed together with others.</summary>
    public BcryptJob? Job => job;

    /// <summary>How long it has been waiting.</summary>
    public TimeSpan WaitingTime => Stopwatch.GetElapsedTime(_since);

    /// <summary>Ends when the work is done.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Where in the queue it is; of no list once it has been taken out.</summary>
    public LinkedListNode<QueuedHash>? Place { get; set; }

    /// <summary>Does the work alone.</summary>
    public void Run() => work();

    /// <summary>Lets the caller go on.</summary>
    /// <param name="error">What went wrong; null if nothing did.</param>
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

    /// <summary>Lets the caller go on, who has given up.</summary>
    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);

    /// <summary>Chooses what is computed together with this hash, the first of a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="maxLanes">How many hashes can be computed in one loop.</param>
    /// <param name="idle">How many other workers are free: what they can do at the same time is left to them.</param>
    public List<QueuedHash> ChooseTogether(IReadOnlyCollection<QueuedHash> queue, int maxLanes, int idle)
    {
        var most = Math.Min(maxLanes, queue.Count - idle);
        if (Job is null || most < 2)
        {
            return [this];
        }

        var alike = queue.Where(hash => hash.Job?.Cost == Job.Cost).Take(most).ToList();
        // Three would be computed as two and one: the third is better off with another worker or a fourth.
        return alike.Count == 3 ? alike[..2] : alike;
    }
}
