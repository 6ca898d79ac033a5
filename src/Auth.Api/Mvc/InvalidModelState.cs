using System.Text.Json;
using Auth.Api.Problems;
using Auth.Application.OAuth;
using Auth.Domain.Common;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Mvc;

/// <summary>Answers requests that model binding rejects.</summary>
internal static class InvalidModelState
{
    public static IActionResult ToActionResult(ActionContext context)
    {
        if (
            context.ActionDescriptor.Parameters.Any(parameter =>
                parameter.ParameterType.IsAssignableTo(typeof(IFormRequest))
            )
        )
        {
            return new OAuthProblemResult(OAuthErrors.InvalidRequest);
        }

        // Errors of the body as a whole have no name: it was not the expected JSON.
        if (context.ModelState.TryGetValue("", out var body) && body.Errors.Count > 0)
        {
            return new ProblemResult(RequestErrors.MalformedRequest);
        }

        var fields = context
            .ModelState.Where(entry => entry.Value?.Errors.Count > 0)
            .ToDictionary(
                entry => JsonNamingPolicy.CamelCase.ConvertName(entry.Key),
                entry =>
                    entry
                        .Value!.Errors.Select(error => error.ErrorMessage)
                        .Where(message => message.Length > 0)
                        .DefaultIfEmpty("The value is not valid.")
                        .ToArray(),
                StringComparer.Ordinal
            );
        return new ProblemResult(Error.Validation(fields));
    }
}
