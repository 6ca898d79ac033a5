using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Domain.Common;
using MediatR;

namespace Auth.Application.Pipeline;

/// <summary>
/// Runs a command again when somebody else changed what it had read before it could save: it then decides on the new
/// state, and answers what it would have answered had it come later. Nothing was stored, so nothing happens twice.
/// </summary>
internal sealed class ConflictRetryBehavior<TRequest, TResponse>(IUnitOfWork unitOfWork, TimeProvider clock)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IFailable<TResponse>
{
    private const int MaxAttempts = 10;
    private const int LongestPauseInMilliseconds = 500;

    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await next();
            }
            catch (Exception failure) when (unitOfWork.IsLostRace(failure))
            {
                unitOfWork.Discard();
                if (attempt == MaxAttempts)
                {
                    return TResponse.Failure(CommonErrors.ConcurrentUpdate);
                }
            }

            await PauseAsync(attempt);
        }
    }

    // Many who lose to the same winner would all read again at once, and all but one would lose again. Not cancelled: a
    // refused password is recorded even when the caller has hung up.
    private Task PauseAsync(int attempt)
    {
        var longest = Math.Min(4 << attempt, LongestPauseInMilliseconds);
        var pause = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(longest));
        return Task.Delay(pause, clock, CancellationToken.None);
    }
}
