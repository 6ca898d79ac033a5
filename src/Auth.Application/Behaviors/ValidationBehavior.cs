using Auth.Domain.Common;
using FluentValidation;
using MediatR;

namespace Auth.Application.Behaviors;

/// <summary>Rejects invalid messages before their handlers run.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IFailable<TResponse>
{
    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        var context = new ValidationContext<TRequest>(request);
        var fields = validators
            .SelectMany(validator => validator.Validate(context).Errors)
            .GroupBy(failure => CamelCase(failure.PropertyName), StringComparer.Ordinal)
            .ToDictionary(
                field => field.Key,
                field => field.Select(failure => failure.ErrorMessage).Distinct(StringComparer.Ordinal).ToArray(),
                StringComparer.Ordinal
            );

        return fields.Count == 0 ? await next() : TResponse.Failure(Error.Validation(fields));
    }

    // Roles[0] and Input.Roles are reported as roles: clients show messages by field.
    private static string CamelCase(string property)
    {
        var path = property.Split('[', 2)[0];
        var name = path[(path.LastIndexOf('.') + 1)..];
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
