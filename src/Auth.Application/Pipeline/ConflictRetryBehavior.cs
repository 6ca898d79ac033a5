using Auth.Application.Abstractions;
using Auth.Domain.Common;
using MediatR;

namespace Auth.Application.Pipeline;

/// <summary>
/// Runs a command again when what it had read was changed by somebody else before it could save: it then decides on
/// the new state. Nothing was stored, so nothing happens twice.
/// </summary>
internal sealed class ConflictRetryBehavior<TRequest, TResponse>(IUnitOfWork unitOfWork)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IFailable<TResponse>
{
    private const int MaxAttempts = 10;

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
            catch (ConflictException conflict)
                when (conflict.Error == CommonErrors.ConcurrentUpdate && attempt < MaxAttempts)
            {
                unitOfWork.Discard();
            }
        }
    }
}
