using Auth.Domain.Common;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Problems;

/// <summary>Turns the results of use cases into responses.</summary>
internal static class ResultExtensions
{
    /// <summary>Answers with 204, or with the problem.</summary>
    public static IActionResult ToActionResult(this Result result) =>
        result.IsFailure ? new ProblemResult(result.Error) : new NoContentResult();

    /// <summary>Answers with 202, or with the problem.</summary>
    public static IActionResult ToAccepted(this Result result) =>
        result.IsFailure ? new ProblemResult(result.Error) : new AcceptedResult();

    /// <summary>Answers with the value, or with the problem.</summary>
    public static IActionResult ToActionResult<T>(this Result<T> result, Func<T, IActionResult> success)
        where T : notnull => result.IsFailure ? new ProblemResult(result.Error) : success(result.Value);
}

/// <summary>Answers with a problem.</summary>
internal sealed class ProblemResult(Error error) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => Problem.WriteAsync(context.HttpContext, error);
}
