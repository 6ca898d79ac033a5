using Auth.Bearer;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the verification of access tokens of Auth.</summary>
public static class AuthBearerExtensions
{
    /// <summary>
    /// Verifies access tokens with the keys of their issuer, rejects those it has revoked, and adds a policy for each permission
    /// (<c>resource:action</c>) that is named like it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="authority">The address of the service that issues the tokens.</param>
    /// <param name="audience">The audience of the tokens.</param>
    /// <param name="configure">Changes further options.</param>
    public static AuthenticationBuilder AddAuthBearer(
        this IServiceCollection services,
        string authority,
        string audience,
        Action<AuthBearerOptions>? configure = null
    )
    {
        var options = new AuthBearerOptions { Authority = authority, Audience = audience };
        configure?.Invoke(options);
        options.Check();

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(options);
        services.AddSingleton<BearerMetrics>();
        services.AddSingleton<IssuerClient>();
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton<RevocationStore>();
        services.AddSingleton<AccessTokenReader>();
        services.AddSingleton<RevocationFollower>();
        services.AddSingleton<AuthRevocations>(provider => provider.GetRequiredService<RevocationFollower>().Status);
        services.AddHostedService(provider => provider.GetRequiredService<RevocationFollower>());

        services.AddAuthorization();
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicyProvider>();
        services.AddSingleton<IAuthorizationHandler, StepUpHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, StepUpResultHandler>();
        services
            .AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<AccessTokenReader, RevocationStore, BearerMetrics>(
                (bearer, tokens, revocations, metrics) =>
                {
                    bearer.MapInboundClaims = false;
                    bearer.SaveToken = false;
                    bearer.TokenHandlers.Clear();
                    bearer.TokenHandlers.Add(new AccessTokenHandler(tokens, revocations, options));
                    bearer.Events = new BearerEvents(metrics);
                }
            );
        return services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
    }

    /// <summary>Adds a check that is unhealthy while tokens are rejected because revocations are not known.</summary>
    public static IHealthChecksBuilder AddAuthBearer(this IHealthChecksBuilder builder, params string[] tags) =>
        builder.AddCheck<RevocationsHealthCheck>("auth-revocations", tags: tags);

    /// <summary>Requires a permission of the user.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequirePermission(permission));

    /// <summary>Requires a permission of the user.</summary>
    public static AuthorizationPolicyBuilder RequirePermission(
        this AuthorizationPolicyBuilder builder,
        string permission
    ) => builder.RequireAuthenticatedUser().RequireClaim("permissions", permission);

    /// <summary>Requires a recent sign-in, and a second factor if <paramref name="acr"/> says so (RFC 9470).</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="maxAge">How long ago the user may have authenticated.</param>
    /// <param name="acr">The weakest accepted authentication: <c>pwd</c>, <c>mfa</c> or <c>phr</c>.</param>
    public static TBuilder RequireStepUp<TBuilder>(this TBuilder builder, TimeSpan maxAge, string acr = "pwd")
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy =>
            policy.RequireAuthenticatedUser().AddRequirements(new StepUpRequirement(maxAge, acr))
        );
}
