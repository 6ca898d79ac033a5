using Auth.Api.Problems;
using Auth.Domain.Common;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Auth.Api.Mvc;

/// <summary>Rejects repeated query parameters: which one counts would be ambiguous.</summary>
internal sealed class SingleQueryValueFilter : IResourceFilter
{
    private static readonly string[] Message = ["This parameter was specified more than once."];

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var query = context.HttpContext.Request.Query;
        if (query.Count == 0)
        {
            return;
        }

        var repeated = query
            .Where(parameter => parameter.Value.Count > 1)
            .ToDictionary(parameter => Name(context, parameter.Key), _ => Message, StringComparer.Ordinal);
        if (repeated.Count > 0)
        {
            context.Result = new ProblemResult(Error.Validation(repeated));
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context) { }

    // The name as in the contract, whatever the client's casing.
    private static string Name(ResourceExecutingContext context, string key) =>
        context
            .ActionDescriptor.Parameters.FirstOrDefault(parameter =>
                parameter.Name.Equals(key, StringComparison.OrdinalIgnoreCase)
            )
            ?.Name
        ?? key;
}
