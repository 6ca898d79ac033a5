using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Auth.Api.Problems;
using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Api.Authorization;

/// <summary>Signs callers in with our access tokens, and answers those without one in the contract's words.</summary>
internal static class BearerAuthentication
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "Bearer";

    /// <summary>Tells clients for how many seconds their access token still holds.</summary>
    public const string ExpiresInHeader = "X-Token-Expires-In";

    /// <summary>Registers the scheme.</summary>
    /// <remarks>
    /// Not with <c>AddAuthentication</c>, which brings data protection along: nothing here uses it, and it would make or read
    /// a ring of keys of its own at every start.
    /// </remarks>
    public static void AddBearerAuthentication(this IServiceCollection services)
    {
        services.AddAuthenticationCore(options => options.DefaultScheme = Scheme);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, BearerAuthenticationHandler>(
            Scheme,
            configureOptions: null
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

/// <summary>What the framework asks of an authentication scheme, once for each request.</summary>
internal sealed class BearerAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    AccessTokenVerifier tokens,
    RevocationStatus revocations,
    TimeProvider clock
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync(); // done before: this only looks at the outcome
        var error = result.Failure switch
        {
            null => AccessTokenErrors.Missing,
            InvalidBearerHeaderException => AccessTokenErrors.InvalidFormat,
            SecurityTokenExpiredException => AccessTokenErrors.Expired,
            AccessTokenRevokedException revoked => AccessTokenErrors.Revoked with { Reason = revoked.Reason },
            ServiceUnavailableException unavailable => unavailable.ToError(),
            _ => AccessTokenErrors.Invalid,
        };
        await Problem.WriteAsync(Context, error);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.WriteAsync(Context, CommonErrors.Forbidden);

    private AuthenticateResult Authenticate()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (!BearerHeader.TryRead(header, out var text))
        {
            return AuthenticateResult.Fail(new InvalidBearerHeaderException());
        }

        var result = tokens.Verify(text);
        if (!result.IsValid)
        {
            return AuthenticateResult.Fail(result.Exception);
        }

        if (revocations.IsStale)
        {
            return AuthenticateResult.Fail(
                new ServiceUnavailableException("Revocations have not been seen for too long.", s_retryAfter)
            );
        }

        TellExpiry((VerifiedAccessToken)result.SecurityToken);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(result.ClaimsIdentity), Scheme.Name));
    }

    private void TellExpiry(VerifiedAccessToken token)
    {
        var left = token.ExpiresAt - clock.GetUtcNow();
        var seconds = Math.Max(0, (long)left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        // Late, because an exception clears the headers set before it.
        Response.OnStarting(() =>
        {
            Response.Headers[BearerAuthentication.ExpiresInHeader] = seconds;
            return Task.CompletedTask;
        });
    }
}
