using System.Security.Cryptography;
using Auth.Domain.Common;

namespace Auth.Application.Abstractions;

/// <summary>A command whose handler calls <see cref="ConflictRetries"/> itself, so that the steps before it run once.</summary>
public interface IRetriesConflicts;

/// <summary>
/// The only place that retries commands that lost a race. An attempt reads, decides and saves; if another request was
/// faster, the next attempt decides on the new state. A failed attempt stores nothing, so nothing happens twice.
/// </summary>
internal static class ConflictRetries
{
    private const int MaxAttempts = 10;
    private const int MaxPauseInMilliseconds = 500;

    /// <summary>Runs attempts until one does not lose a race; none reuses what an earlier one has read.</summary>
    /// <returns>The result of the attempt, or <see cref="CommonErrors.ConcurrentUpdate"/> after too many attempts.</returns>
    public static async Task<TResponse> RetryAsync<TResponse>(
        this IUnitOfWork unitOfWork,
        TimeProvider clock,
        Func<Task<TResponse>> attempt
    )
        where TResponse : IFailable<TResponse>
    {
        for (var count = 1; ; count++)
        {
            unitOfWork.Discard();
            try
            {
                return await attempt();
            }
            catch (Exception failure) when (unitOfWork.IsLostRace(failure))
            {
                if (count == MaxAttempts)
                {
                    unitOfWork.Discard();
                    return TResponse.Failure(CommonErrors.ConcurrentUpdate);
                }
            }

            // Otherwise all that lost to the same winner would retry at once, and all but one would lose again. Not
            // cancelled: a rejected password is recorded even if the client has disconnected.
            var pause = RandomNumberGenerator.GetInt32(Math.Min(4 << count, MaxPauseInMilliseconds));
            await Task.Delay(TimeSpan.FromMilliseconds(pause), clock, CancellationToken.None);
        }
    }
}
