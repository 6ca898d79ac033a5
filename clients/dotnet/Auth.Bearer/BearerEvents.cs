using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Auth.Bearer;

/// <summary>Makes ASP.NET Core's bearer authentication answer like the issuer.</summary>
internal sealed class BearerEvents(BearerMetrics metrics) : JwtBearerEvents
{
    private const string Start = "Bearer ";

    /// <inheritdoc/>
    public override Task MessageReceived(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            context.NoResult();
        }
        else if (FindToken(header) is { } token)
        {
            context.Token = token;
        }
        else
        {
            context.Fail(new BearerException(BearerError.InvalidFormat));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        return WriteAsync(
            context.HttpContext,
            context.AuthenticateFailure switch
            {
                null => BearerError.MissingToken,
                BearerException failure => failure.Error,
                _ => BearerError.InvalidToken,
            }
        );
    }

    /// <inheritdoc/>
    public override Task Forbidden(ForbiddenContext context) => WriteAsync(context.HttpContext, BearerError.Forbidden);

    /// <summary>Writes a problem (RFC 9457) with the members that the issuer's have.</summary>
    public Task WriteAsync(HttpContext context, BearerError error)
    {
        metrics.CountRejection(error.Code);
        var response = context.Response;
        response.StatusCode = error.Status;
        response.Headers.CacheControl = "no-store";
        if (error.Challenge is not null)
        {
            response.Headers.WWWAuthenticate = error.Challenge;
        }

        if (error.Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        }

        var problem = new ProblemBody(
            "urn:auth:" + error.Code.ToLowerInvariant().Replace('_', '-'),
            error.Code[0] + error.Code[1..].ToLowerInvariant().Replace('_', ' '),
            error.Status,
            error.Detail,
            context.Request.PathBase.Add(context.Request.Path).ToUriComponent(),
            error.Code,
            Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier,
            error.Reason,
            error.Refresh,
            error.MaxAge,
            error.AcrValues
        );
        return response.WriteAsJsonAsync(problem, ProblemBody.Options, "application/problem+json");
    }

    // Only spaces may separate scheme and token (RFC 9110 §11.4): ASP.NET Core accepts tabs as well.
    private static string? FindToken(StringValues header)
    {
        if (header is not [{ } text] || !text.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = text.AsSpan(Start.Length).TrimStart(' ');
        return token.IsEmpty || token.ContainsAny(' ', '\t', ',') ? null : token.ToString();
    }

    private sealed record ProblemBody(
        string Type,
        string Title,
        int Status,
        string Detail,
        string Instance,
        string Code,
        string TraceId,
        string? Reason,
        bool? Refresh,
        long? MaxAge,
        string? AcrValues
    )
    {
        public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
    }
}
