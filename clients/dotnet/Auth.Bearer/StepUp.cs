using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Auth.Bearer;

/// <summary>Requires a recent sign-in, and a second factor if <see cref="Acr"/> says so (RFC 9470).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireStepUpAttribute : Attribute, IAuthorizationRequirementData
{
    /// <summary>How long ago the user may have authenticated, in seconds.</summary>
    public int MaxAgeSeconds { get; set; } = 600;

    /// <summary>The weakest accepted authentication: <c>pwd</c>, <c>mfa</c> or <c>phr</c>.</summary>
    public string Acr { get; set; } = "pwd";

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() =>
        [new StepUpRequirement(TimeSpan.FromSeconds(MaxAgeSeconds), Acr)];
}

/// <summary>Requires a recent and strong authentication.</summary>
internal sealed class StepUpRequirement : IAuthorizationRequirement
{
    private static readonly string[] s_weakestFirst = ["pwd", "mfa", "phr"];

    public StepUpRequirement(TimeSpan maxAge, string acr)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAge, TimeSpan.FromSeconds(1));
        if (!s_weakestFirst.Contains(acr))
        {
            throw new ArgumentException("The value must be pwd, mfa or phr.", nameof(acr));
        }

        (MaxAge, Acr) = (maxAge, acr);
    }

    public TimeSpan MaxAge { get; }

    public string Acr { get; }

    /// <summary>Returns what satisfies all of some requirements.</summary>
    public static string FindStrongest(IReadOnlyList<StepUpRequirement> requirements) =>
        s_weakestFirst.Last(acr => requirements.Any(requirement => requirement.Acr == acr));

    public bool IsMet(ClaimsPrincipal user, DateTimeOffset now)
    {
        // Services cannot sign in again.
        if (user.FindFirst("client_id") is not null)
        {
            return true;
        }

        var acr = user.FindFirstValue("acr") ?? (user.HasClaim("amr", "mfa") ? "mfa" : "pwd");
        return long.TryParse(
                user.FindFirstValue("auth_time"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var authenticatedAt
            )
            && now - DateTimeOffset.FromUnixTimeSeconds(authenticatedAt) <= MaxAge
            && Array.IndexOf(s_weakestFirst, acr) >= Array.IndexOf(s_weakestFirst, Acr);
    }
}

internal sealed class StepUpHandler(TimeProvider clock) : AuthorizationHandler<StepUpRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, StepUpRequirement requirement)
    {
        if (requirement.IsMet(context.User, clock.GetUtcNow()))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Says what is missing if only a step-up is: a user without the permission is forbidden, however recent the sign-in.</summary>
internal sealed class StepUpResultHandler(IOptionsMonitor<JwtBearerOptions> options)
    : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    /// <inheritdoc/>
    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        var failed = authorizeResult.AuthorizationFailure?.FailedRequirements.ToList() ?? [];
        if (
            !authorizeResult.Forbidden
            || failed.Count == 0
            || !failed.All(requirement => requirement is StepUpRequirement)
            || options.Get(JwtBearerDefaults.AuthenticationScheme).Events is not BearerEvents events
        )
        {
            return _default.HandleAsync(next, context, policy, authorizeResult);
        }

        var missing = failed.Cast<StepUpRequirement>().ToList();
        var maxAge = missing.Min(requirement => requirement.MaxAge);
        return events.WriteAsync(
            context,
            BearerError.StepUp((long)maxAge.TotalSeconds, StepUpRequirement.FindStrongest(missing))
        );
    }
}
