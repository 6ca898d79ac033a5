using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Configuration;
using Auth.Api.Mvc;
using Auth.Api.OpenApi;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application;
using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using Auth.Infrastructure;
using FluentValidation;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Auth.Api.Hosting;

/// <summary>Composes the services of the application.</summary>
internal static class ServiceSetup
{
    /// <summary>Registers everything that the service, and its commands, are made of.</summary>
    public static void ConfigureServices(this WebApplicationBuilder builder, AuthSettings settings)
    {
        builder.AddServer(settings.Limits);
        builder.AddLogging();
        builder.Services.AddDraining(settings.Shutdown);
        builder.AddTelemetryExport();

        var services = builder.Services;
        services.AddCors(settings.Cors);
        services.AddForwardedHeaders(settings.ForwardedHeaders);
        services.AddSingleton(settings.Cookies);
        services.AddSingleton(settings.Cors);
        services.AddSingleton<RefreshTokenCookie>();
        services.AddSingleton<DeviceCookie>();
        services.AddSingleton<CrossSiteRule>();
        services.AddAddressLimits(settings.RateLimiting);
        services.AddProblems();
        services.AddStrictControllers();
        services.AddBearerAuthentication();
        services.AddAccessPolicies();
        services.AddUseCases(settings);
        if (settings.Swagger.Enabled)
        {
            services.AddOpenApiDocument(new PasswordLength(settings.Passwords.MinLength));
        }
    }

    private static void AddServer(this WebApplicationBuilder builder, ConnectionLimits limits)
    {
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            // Far beyond the limit of the contract, which the formatter keeps: the server counts the framing of chunks
            // as well, and would refuse bodies within the limit.
            options.Limits.MaxRequestBodySize = 8 * JsonBodyFormatter.MaxLength;
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
    }

    private static void AddCors(this IServiceCollection services, CorsSettings settings) =>
        services.AddCors(options =>
        {
            options.AddPolicy(CorsPolicies.Public, policy => policy.AllowAnyOrigin().WithMethods(HttpMethods.Get));
            options.AddDefaultPolicy(policy =>
                policy
                    // A predicate rather than a list: with one origin in a list the answer would lack Vary: Origin.
                    .SetIsOriginAllowed(origin =>
                        WebOrigin.Normalize(origin) is { } known && settings.AllowedOrigins.Contains(known)
                    )
                    .AllowCredentials()
                    .AllowAnyHeader()
                    .AllowAnyMethod()
                    .WithExposedHeaders(BearerEvents.ExpiresInHeader, "Retry-After")
                    // Chromium's own limit. Without it, every other request would be preceded by a preflight.
                    .SetPreflightMaxAge(TimeSpan.FromHours(2))
            );
        });

    private static void AddForwardedHeaders(this IServiceCollection services, ForwardedHeadersSettings settings) =>
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix;
            // However long the chain is: it is followed only as far as the proxies in it are known.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in settings.KnownProxies)
            {
                options.KnownProxies.Add(proxy);
            }

            foreach (var network in settings.KnownNetworks)
            {
                options.KnownIPNetworks.Add(network);
            }
        });

    private static void AddUseCases(this IServiceCollection services, AuthSettings settings)
    {
        services.AddSingleton(settings.Sessions);
        services.AddSingleton(settings.Lockout);
        services.AddSingleton(settings.Registration);
        services.AddSingleton(new PasswordLength(settings.Passwords.MinLength));
        services.AddApplication();
        // Automatic validation stays off: the pipeline validates, so that commands from elsewhere are validated as well.
        services.AddValidatorsFromAssemblyContaining<RegisterCommand>(includeInternalTypes: true);
        services.AddInfrastructure(
            new InfrastructureOptions(
                settings.Database,
                settings.MasterKeys,
                settings.Jwt,
                settings.Keys,
                settings.Passwords,
                settings.Revocation,
                settings.Audit
            )
        );
    }
}
