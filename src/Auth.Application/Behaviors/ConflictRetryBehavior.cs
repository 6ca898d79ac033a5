using Auth.Application.Abstractions;
using Auth.Domain.Common;
using MediatR;

namespace Auth.Application.Behaviors;

/// <summary>Retries a command that lost a race, unless its handler retries a part of itself.</summary>
internal sealed class ConflictRetryBehavior<TRequest, TResponse>(IUnitOfWork unitOfWork, TimeProvider clock)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IFailable<TResponse>
{
    public Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    ) => request is IRetriesConflicts ? next() : unitOfWork.RetryAsync(clock, () => next());
}
