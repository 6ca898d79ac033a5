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

    public TimeSpan WaitingTime => Stopwatch.GetElapsedTime(_since);

    /// <summary>Completes when the work is done.</summary>
    public Task Completion => _completion.Task;

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
}
