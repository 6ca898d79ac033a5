using Auth.Application.Abstractions;
using MediatR;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Reports the service as unavailable while the database is, and replaces all other database exceptions, whose messages may
/// contain values.
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
                    DatabaseErrorKind.Overloaded => "The database has reached a limit.",
                    DatabaseErrorKind.ReadOnly => "The database rejects writes.",
                    _ => "The database does not respond.",
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
