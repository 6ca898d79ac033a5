using System.Globalization;
using Auth.Api.Problems;
using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Api.Authorization;

/// <summary>Customizes ASP.NET Core's bearer authentication to follow the API contract.</summary>
internal sealed class BearerEvents(AccessTokenVerifier tokens, RevocationStatus revocations, TimeProvider clock)
    : JwtBearerEvents
{
    /// <summary>The response header with the remaining lifetime of the access token in seconds.</summary>
    public const string ExpiresInHeader = "X-Token-Expires-In";

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Reads the header. A token that was verified before succeeds at once; any other is validated next.</summary>
    public override Task MessageReceived(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            context.NoResult();
        }
        else if (!BearerHeader.TryRead(header, out var token))
        {
            context.Fail(new InvalidBearerHeaderException());
        }
        else if (tokens.TryGetCached(token) is { } known)
        {
            context.Principal = new(known.ClaimsIdentity);
            Accept(context, known.SecurityToken);
        }
        else
        {
            context.Token = token;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        Accept(context, context.SecurityToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        var error = context.AuthenticateFailure switch
        {
            null => AccessTokenErrors.Missing,
            InvalidBearerHeaderException => AccessTokenErrors.InvalidFormat,
            SecurityTokenExpiredException => AccessTokenErrors.Expired,
            AccessTokenRevokedException revoked => AccessTokenErrors.Revoked with
            {
                Reason = revoked.Reason,
                CanRefresh = revoked.SessionContinues,
            },
            ServiceUnavailableException unavailable => unavailable.ToError(),
            _ => AccessTokenErrors.Invalid,
        };
        return Problem.WriteAsync(context.HttpContext, error);
    }

    /// <inheritdoc/>
    public override Task Forbidden(ForbiddenContext context) =>
        Problem.WriteAsync(context.HttpContext, CommonErrors.Forbidden);

    // Only while revocations are up to date.
    private void Accept(ResultContext<JwtBearerOptions> context, SecurityToken token)
    {
        if (revocations.IsStale)
        {
            context.Fail(new ServiceUnavailableException("Revocations have not been read for too long.", s_retryAfter));
            return;
        }

        if (token is VerifiedAccessToken { IsService: true } service)
        {
            context.HttpContext.RequestServices.GetRequiredService<CallerScope>().Limit(service.Permissions);
        }

        var response = context.Response;
        var left = token.ValidTo - clock.GetUtcNow().UtcDateTime;
        var seconds = Math.Max(0, (long)left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        // Set late, because an exception clears headers that are set earlier.
        response.OnStarting(() =>
        {
            response.Headers[ExpiresInHeader] = seconds;
            return Task.CompletedTask;
        });
        context.Success();
    }
}
