using System.Globalization;
using Auth.Api.Problems;
using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Api.Authorization;

/// <summary>Has the framework's bearer authentication read our tokens and answer in the contract's words.</summary>
internal static class BearerAuthentication
{
    /// <summary>Tells clients for how many seconds their access token still holds.</summary>
    public const string ExpiresInHeader = "X-Token-Expires-In";

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

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
            .Configure<AccessTokenHandler>(
                (options, handler) =>
                {
                    options.MapInboundClaims = false;
                    options.TokenHandlers.Clear();
                    options.TokenHandlers.Add(handler);
                    options.Events = new JwtBearerEvents
                    {
                        OnMessageReceived = ReadHeader,
                        OnTokenValidated = AcceptWhileRevocationsAreKnown,
                        OnChallenge = AnswerUnauthenticated,
                        OnForbidden = context => Problem.WriteAsync(context.HttpContext, CommonErrors.Forbidden),
                    };
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

    private static Task ReadHeader(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            context.NoResult();
        }
        else if (BearerHeader.TryRead(header, out var token))
        {
            context.Token = token;
        }
        else
        {
            context.Fail(new InvalidBearerHeaderException());
        }

        return Task.CompletedTask;
    }

    private static Task AcceptWhileRevocationsAreKnown(TokenValidatedContext context)
    {
        if (context.HttpContext.RequestServices.GetRequiredService<RevocationStatus>().IsStale)
        {
            context.Fail(new ServiceUnavailableException("Revocations have not been seen for too long.", s_retryAfter));
            return Task.CompletedTask;
        }

        var clock = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        var left = context.SecurityToken.ValidTo - clock.GetUtcNow().UtcDateTime;
        var seconds = Math.Max(0, (long)left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        // Late, because an exception clears the headers set before it.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[ExpiresInHeader] = seconds;
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }

    private static Task AnswerUnauthenticated(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        var error = context.AuthenticateFailure switch
        {
            null => AccessTokenErrors.Missing,
            InvalidBearerHeaderException => AccessTokenErrors.InvalidFormat,
            SecurityTokenExpiredException => AccessTokenErrors.Expired,
            AccessTokenRevokedException revoked => AccessTokenErrors.Revoked with { Reason = revoked.Reason },
            ServiceUnavailableException unavailable => unavailable.ToError(),
            _ => AccessTokenErrors.Invalid,
        };
        return Problem.WriteAsync(context.HttpContext, error);
    }
}
