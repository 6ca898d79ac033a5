using Auth.Api.Authorization;
using Auth.Api.Json;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Console;

namespace Auth.Api.Hosting;

/// <summary>The server, the log, and what stands between the network and the controllers.</summary>
internal static partial class HostingSetup
{
    /// <summary>Sets up server and log.</summary>
    public static void AddHosting(this WebApplicationBuilder builder, AuthSettings settings)
    {
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            // Far beyond the limit of the contract, which the formatter keeps: the server counts the framing of chunks
            // as well, and would refuse bodies within the limit.
            options.Limits.MaxRequestBodySize = 8 * JsonBodyFormatter.MaxLength;
            var limits = settings.Limits;
            options.Limits.MaxConcurrentConnections = limits.MaxConnections;
            options.Limits.MaxConcurrentUpgradedConnections = 0;
            options.Limits.MaxRequestHeaderCount = limits.MaxHeaders;
            options.Limits.MaxRequestHeadersTotalSize = limits.MaxHeaderBytes;
            options.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
            options.Limits.KeepAliveTimeout = limits.KeepAliveTimeout;
            options.Limits.MinRequestBodyDataRate = new(limits.MinBytesPerSecond, limits.GracePeriod);
            options.Limits.MinResponseDataRate = new(limits.MinBytesPerSecond, limits.GracePeriod);
        });
        builder.Services.Configure<SocketTransportOptions>(options =>
            options.CreateBoundListenSocket = EndPointInUseException.Bind
        );
        builder.AddLogging();
        builder.Services.AddDraining(settings.Shutdown);
        builder.AddTelemetryExport();

        builder.Services.AddCors(options =>
        {
            options.AddPolicy(CorsPolicies.Public, policy => policy.AllowAnyOrigin().WithMethods(HttpMethods.Get));
            options.AddDefaultPolicy(policy =>
                policy
                    // A predicate rather than a list: with one origin in a list the answer would lack Vary: Origin.
                    .SetIsOriginAllowed(origin =>
                        WebOrigin.Normalize(origin) is { } known && settings.Cors.AllowedOrigins.Contains(known)
                    )
                    .AllowCredentials()
                    .AllowAnyHeader()
                    .AllowAnyMethod()
                    .WithExposedHeaders(BearerEvents.ExpiresInHeader, "Retry-After")
                    // Chromium's own limit. Without it, every other request would be preceded by a preflight.
                    .SetPreflightMaxAge(TimeSpan.FromHours(2))
            );
        });
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix;
            // However long the chain is: it is followed only as far as the proxies in it are known.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in settings.ForwardedHeaders.KnownProxies)
            {
                options.KnownProxies.Add(proxy);
            }

            foreach (var network in settings.ForwardedHeaders.KnownNetworks)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
    }

    /// <summary>Believes the configured proxies, and only them: with none configured the middleware would believe all.</summary>
    public static void UseConfiguredForwardedHeaders(this IApplicationBuilder app, AuthSettings settings)
    {
        if (settings.ForwardedHeaders.Any)
        {
            app.UseForwardedHeaders();
        }
    }

    /// <summary>
    /// Lets what no route matches, and what routing itself refuses, through to its answer: the fallback policy would ask
    /// for a token first, and 404 and 405 would turn into 401.
    /// </summary>
    public static void UseRoutingRefusals(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                switch (context.GetEndpoint())
                {
                    case null:
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        return Task.CompletedTask;
                    case RouteEndpoint:
                        return next(context);
                    case var refusal:
                        return refusal.RequestDelegate!(context);
                }
            }
        );

    /// <summary>Maps the controllers, and has every GET answer HEAD as well (RFC 9110 §9.1).</summary>
    public static void MapControllersWithHead(this IEndpointRouteBuilder app) =>
        app.MapControllers()
            .Add(endpoint =>
            {
                for (var i = 0; i < endpoint.Metadata.Count; i++)
                {
                    if (
                        endpoint.Metadata[i] is HttpMethodMetadata { HttpMethods: [var method] }
                        && HttpMethods.IsGet(method)
                    )
                    {
                        endpoint.Metadata[i] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
                    }
                }
            });

    /// <summary>Writes what is unwise about the settings to the log.</summary>
    public static void LogWarnings(this WebApplication app, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            LogSetting(app.Logger, warning);
        }
    }

    /// <summary>Leaves the console to what a verb has to say: what else happens is logged to standard error, if it is bad.</summary>
    public static void LogForVerb(this WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        // What fails there for good is said by the verb; the rest is tried again.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(options =>
            options.LogToStandardErrorThreshold = LogLevel.Trace
        );
    }

    private static void AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddDefaultLogLevels();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddConsole(options => options.FormatterName = OneLineFormatter.FormatterName);
            builder.Logging.AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>();
        }
        else
        {
            // With scopes: they hold the traceId that clients are told.
            builder.Logging.AddJsonConsole(options =>
            {
                options.IncludeScopes = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "Setting {Warning}")]
    private static partial void LogSetting(ILogger logger, string warning);
}
