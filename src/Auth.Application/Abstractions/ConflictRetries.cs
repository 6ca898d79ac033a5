using System.Security.Cryptography;
using Auth.Domain.Common;

namespace Auth.Application.Abstractions;

/// <summary>A command whose handler calls <see cref="ConflictRetries"/> itself, so that what comes before is done once.</summary>
public interface IRetriesConflicts;

/// <summary>
/// Retries commands that lost a race, the only place that does: an attempt reads, decides and saves, and where another request was
/// faster, the next attempt decides on the new state. Nothing was stored, so nothing happens twice.
/// </summary>
internal static class ConflictRetries
{
    private const int MaxAttempts = 10;
    private const int MaxPauseInMilliseconds = 500;

    /// <summary>Runs an attempt until it does not lose a race; each starts without anything that was read before.</summary>
    /// <returns>What the attempt returned, or <see cref="CommonErrors.ConcurrentUpdate"/> after too many.</returns>
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

            // Many that lose to the same winner would all read again at once, and all but one would lose again. Not
            // cancelled: a refused password is recorded even when the caller has hung up.
            var pause = RandomNumberGenerator.GetInt32(Math.Min(4 << count, MaxPauseInMilliseconds));
            await Task.Delay(TimeSpan.FromMilliseconds(pause), clock, CancellationToken.None);
        }
    }
}
