using System.Diagnostics;
using System.Diagnostics.Metrics;
using Auth.Domain.Common;
using Microsoft.AspNetCore.Authorization;

namespace Auth.Api.Problems;

/// <summary>
/// Logs and counts every 403 (ASVS V16.3.2), with ids and route templates only, because paths may be personal.
/// </summary>
internal sealed partial class AccessDenials(Meter meter, ILogger<AccessDenials> logger)
{
    private readonly Counter<long> _denials = meter.CreateCounter<long>(
        "auth.access_denials",
        "{request}",
        "Requests answered with 403."
    );

    /// <summary>Records a denied request.</summary>
    public void Record(HttpContext context, Error error)
    {
        var endpoint = context.GetEndpoint();
        var method = HttpMethods.GetCanonicalizedValue(context.Request.Method);
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        var permission = endpoint
            ?.Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Select(data => data.Policy)
            .FirstOrDefault(policy => policy is not null);

        LogDenial(
            logger,
            error.Code,
            method,
            route,
            permission,
            context.User.FindFirst("sub")?.Value,
            context.User.FindFirst("sid")?.Value
        );
        var tags = new TagList
        {
            { "error.type", error.Code },
            { "http.request.method", method },
            { "http.route", route },
        };
        if (permission is not null)
        {
            tags.Add("auth.permission", permission);
        }

        _denials.Add(1, tags);
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "Access denied ({Code}): {Method} {Route}, permission {Permission}, user {UserId}, session {SessionId}"
    )]
    private static partial void LogDenial(
        ILogger logger,
        string code,
        string method,
        string? route,
        string? permission,
        string? userId,
        string? sessionId
    );
}
