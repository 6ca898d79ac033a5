using Auth.Application.Abstractions;
using MediatR;

namespace Auth.Infrastructure.Persistence;

/// <summary>Answers that the service is unavailable when the database does not answer, whatever the engine calls it.</summary>
internal sealed class DatabaseAvailabilityBehavior<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
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
            when (!cancellationToken.IsCancellationRequested && DatabaseFailures.IsUnavailable(failure))
        {
            throw new ServiceUnavailableException("The database does not answer.", s_retryAfter, failure);
        }
    }
}
