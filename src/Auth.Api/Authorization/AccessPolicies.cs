using System.Security.Claims;
using Auth.Domain.Roles;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.AspNetCore.Authorization;

namespace Auth.Api.Authorization;

/// <summary>One authorization policy per permission, with its name.</summary>
internal static class AccessPolicies
{
    public static void AddAccessPolicies(this IServiceCollection services)
    {
        services.AddAuthorization(options =>
        {
            // Actions without a permission are about the caller's own account, which services do not have.
            var signedIn = new AuthorizationPolicyBuilder()
                .RequireAuthenticatedUser()
                .RequireAssertion(context => !IsService(context.User) || AllowsServices(context.Resource))
                .Build();
            options.DefaultPolicy = signedIn;

            // Actions without an attribute require an authenticated user.
            options.FallbackPolicy = signedIn;
            foreach (var permission in Permissions.All.Keys)
            {
                options.AddPolicy(permission, policy => Require(policy, permission));
            }
        });
    }

    private static void Require(AuthorizationPolicyBuilder policy, string permission)
    {
        policy.RequireAuthenticatedUser().RequireClaim(AccessTokenClaims.Permission, permission);
        if (Permissions.IsForUsersOnly(permission))
        {
            policy.RequireAssertion(context => !IsService(context.User));
        }
    }

    private static bool IsService(ClaimsPrincipal caller) =>
        caller.Identity is ClaimsIdentity { BootstrapContext: VerifiedAccessToken { IsService: true } };

    private static bool AllowsServices(object? resource) =>
        resource is HttpContext context
        && context.GetEndpoint()?.Metadata.GetMetadata<AllowsServicesAttribute>() is not null;
}
