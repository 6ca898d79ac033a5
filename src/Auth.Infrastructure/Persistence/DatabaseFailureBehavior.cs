using Auth.Application.Abstractions;
using MediatR;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Answers that the service is unavailable when the database is, whatever the engine calls it; and lets no other failure
/// of the database pass on with the values that its text may name.
/// </summary>
internal sealed class DatabaseFailureBehavior<TRequest, TResponse>(DatabaseRecovery recovery)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        try
        {
            return await next();
        }
        catch (Exception failure)
            when (!cancellationToken.IsCancellationRequested && DatabaseError.From(failure) is { IsOutage: true } outage
            )
        {
            recovery.Report(failure);
            throw new ServiceUnavailableException(
                outage.Kind switch
                {
                    DatabaseErrorKind.Overloaded => "The database is at its limit.",
                    DatabaseErrorKind.ReadOnly => "The database refuses to write.",
                    _ => "The database does not answer.",
                },
                s_retryAfter,
                DatabaseError.OneLine(outage.Description),
                failure
            );
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException
                && !DatabaseError.IsLostRace(failure)
                && DatabaseError.IsFromDriver(failure)
            )
        {
            throw new DatabaseErrorException(failure);
        }
    }
}
