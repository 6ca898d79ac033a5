using Auth.Application.Abstractions;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;

namespace Auth.Api.Authorization;

/// <summary>Configures ASP.NET Core's bearer authentication for our tokens and errors.</summary>
internal static class BearerAuthentication
{
    public static void AddBearerAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        // Data protection would load and create keys at startup, but nothing uses them: there are no framework cookies or
        // anti-forgery tokens.
        var dataProtection = services.Where(service =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly
        );
        foreach (var service in dataProtection.ToList())
        {
            services.Remove(service);
        }

        services
            .AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<AccessTokenVerifier, RevocationStatus, TimeProvider>(
                (options, tokens, revocations, clock) =>
                {
                    options.MapInboundClaims = false;
                    options.SaveToken = false;
                    options.TokenHandlers.Clear();
                    options.TokenHandlers.Add(new AccessTokenHandler(tokens));
                    options.Events = new BearerEvents(tokens, revocations, clock);
                }
            );
    }

    /// <summary>
    /// Returns the session of the access token on a route that does not require one; null if there is no valid token.
    /// </summary>
    /// <exception cref="ServiceUnavailableException">Tokens cannot be validated at the moment.</exception>
    public static async Task<Guid?> FindSessionIdAsync(this HttpContext context) =>
        (await context.FindCallerAsync())?.SessionId;

    /// <summary>
    /// Returns the user of the access token on a route that does not require one; null if there is no valid token, or it is that of
    /// a service.
    /// </summary>
    /// <exception cref="ServiceUnavailableException">Tokens cannot be validated at the moment.</exception>
    public static async Task<Guid?> FindCallerIdAsync(this HttpContext context) =>
        await context.FindCallerAsync() is { IsService: false } caller ? caller.Id : null;

    private static async Task<CurrentUser?> FindCallerAsync(this HttpContext context)
    {
        var result = await context.AuthenticateAsync(); // cached: the middleware has already authenticated the request
        return result switch
        {
            { Succeeded: true } => new CurrentUser(result.Principal),
            { Failure: ServiceUnavailableException unavailable } => throw unavailable,
            _ => null,
        };
    }
}
