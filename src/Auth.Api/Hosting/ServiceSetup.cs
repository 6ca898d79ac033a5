using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Configuration;
using Auth.Api.Discovery;
using Auth.Api.Mail;
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
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Hosting;

/// <summary>Composes the application.</summary>
internal static class ServiceSetup
{
    // Chromium's maximum. Without it, every other request would need a preflight.
    private static readonly TimeSpan s_preflightMaxAge = TimeSpan.FromHours(2);

    /// <summary>Registers the services of the application and of its commands.</summary>
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
        services.AddSingleton(provider => new RevocationStreams(
            provider.GetRequiredService<IRevocationFeed>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            Math.Max(1, settings.Limits.MaxConnections / 2) // the other half is for everybody else
        ));
        services.AddSingleton<RefreshTokenCookie>();
        services.AddSingleton<DeviceCookie>();
        services.AddSingleton<SignInDelivery>();
        services.AddSingleton(new MailCulture(settings.Mail.Cultures));
        services.AddSingleton<CrossSiteRule>();
        services.AddAddressLimits(settings.RateLimiting);
        services.AddProblems();
        services.AddStrictControllers();
        services.AddBearerAuthentication();
        services.AddAccessPolicies();
        services.AddSingleton<IAccessTokenInspector, AccessTokenInspector>();
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
            // Far above the limit of the contract, which the formatter enforces: Kestrel also counts the framing of chunks,
            // and would reject bodies within the limit.
            options.Limits.MaxRequestBodySize = 8 * BodyReader.MaxLength;
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
            options.AddPolicy(
                CorsPolicies.Public,
                policy =>
                    policy
                        .AllowAnyOrigin()
                        .AllowAnyHeader() // If-None-Match
                        .WithMethods(HttpMethods.Get)
                        .WithExposedHeaders(HeaderNames.ETag)
                        .SetPreflightMaxAge(s_preflightMaxAge)
            );
            options.AddDefaultPolicy(policy =>
                policy
                    // A predicate, because the middleware sends no Vary: Origin for a list with one origin.
                    .SetIsOriginAllowed(origin =>
                        WebOrigin.Normalize(origin) is { } known && settings.AllowedOrigins.Contains(known)
                    )
                    .AllowCredentials()
                    .AllowAnyHeader()
                    .AllowAnyMethod()
                    .WithExposedHeaders(BearerEvents.ExpiresInHeader, "Retry-After")
                    .SetPreflightMaxAge(s_preflightMaxAge)
            );
        });

    private static void AddForwardedHeaders(this IServiceCollection services, ForwardedHeadersSettings settings) =>
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix;
            // No limit on the chain, which is followed only as far as its proxies are known.
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
        services.AddSingleton(settings.StepUp);
        services.AddSingleton(settings.Lockout);
        services.AddSingleton(settings.Registration);
        services.AddSingleton(new PasswordLength(settings.Passwords.MinLength));
        services.AddApplication();
        // MVC validation stays off: the Mediator pipeline validates, also commands from elsewhere.
        services.AddValidatorsFromAssemblyContaining<RegisterCommand>(includeInternalTypes: true);
        services.AddInfrastructure(
            new InfrastructureOptions(
                settings.Database,
                settings.MasterKeys,
                settings.Jwt,
                settings.Keys,
                settings.Passwords,
                settings.Passkeys,
                settings.Revocation,
                settings.Audit,
                settings.Mail
            )
        );
    }
}
