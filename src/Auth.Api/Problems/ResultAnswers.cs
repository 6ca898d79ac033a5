using Auth.Domain.Common;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Problems;

/// <summary>Turns the results of use cases into answers.</summary>
internal static class ResultAnswers
{
    /// <summary>204, or the problem.</summary>
    public static IActionResult ToActionResult(this Result result) =>
        result.IsFailure ? new ProblemResult(result.Error) : new NoContentResult();

    /// <summary>What is made of the value, or the problem.</summary>
    public static IActionResult ToActionResult<T>(this Result<T> result, Func<T, IActionResult> success)
        where T : notnull => result.IsFailure ? new ProblemResult(result.Error) : success(result.Value);
}

/// <summary>Answers with a problem.</summary>
internal sealed class ProblemResult(Error error) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => Problem.WriteAsync(context.HttpContext, error);
}
