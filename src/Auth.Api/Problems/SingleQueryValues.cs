using Auth.Domain.Common;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Auth.Api.Problems;

/// <summary>Refuses query parameters that stand twice: which one counts would be anybody's guess.</summary>
internal sealed class SingleQueryValues : IResourceFilter
{
    private static readonly string[] Message = ["This is given more than once."];

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var repeated = context
            .HttpContext.Request.Query.Where(parameter => parameter.Value.Count > 1)
            .ToDictionary(parameter => parameter.Key, _ => Message, StringComparer.Ordinal);
        if (repeated.Count > 0)
        {
            context.Result = new ProblemResult(Error.Validation(repeated));
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context) { }
}
