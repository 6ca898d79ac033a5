using Auth.Application.Abstractions;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;

namespace Auth.Api.Authorization;

/// <summary>Has the framework's bearer authentication read our tokens and answer in the contract's words.</summary>
internal static class BearerAuthentication
{
    public static void AddBearerAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        // Comes along for cookies and anti-forgery tokens of the framework, of which there are none: at start it would read
        // keys, and make some that nobody needs.
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
    /// The session of the access token on a route that works without one; null if there is no token or it is not valid.
    /// </summary>
    /// <exception cref="ServiceUnavailableException">Nobody can say at the moment whether the token holds.</exception>
    public static async Task<Guid?> FindSessionIdAsync(this HttpContext context)
    {
        var result = await context.AuthenticateAsync(); // done before: this only looks at the outcome
        return result switch
        {
            { Succeeded: true } => new CurrentUser(result.Principal).SessionId,
            { Failure: ServiceUnavailableException unavailable } => throw unavailable,
            _ => null,
        };
    }
}
