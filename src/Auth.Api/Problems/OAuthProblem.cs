using System.Text.Json.Serialization;
using Auth.Application.OAuth;
using Auth.Domain.Common;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Problems;

/// <summary>An error of the OAuth 2.0 routes (RFC 6749 §5.2).</summary>
/// <param name="Error">The code.</param>
/// <param name="Description">An explanation for developers.</param>
public sealed record OAuthErrorResponse(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description
);

/// <summary>Answers with an error of OAuth 2.0, or with a problem if it is none.</summary>
internal sealed class OAuthProblemResult(Error error) : IActionResult
{
    private const string Challenge = "Basic realm=\"Auth\", charset=\"UTF-8\"";

    public Task ExecuteResultAsync(ActionContext context)
    {
        var isOAuth =
            error == OAuthErrors.InvalidRequest
            || error == OAuthErrors.InvalidClient
            || error == OAuthErrors.UnsupportedGrantType
            || error == OAuthErrors.InvalidScope;
        if (!isOAuth)
        {
            return Problem.WriteAsync(context.HttpContext, error);
        }

        var response = context.HttpContext.Response;
        response.StatusCode = Problem.StatusOf(error);
        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            response.Headers[HeaderNames.WWWAuthenticate] = Challenge;
        }

        return response.WriteAsJsonAsync(new OAuthErrorResponse(error.Code, error.Message));
    }
}
