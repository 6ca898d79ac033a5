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
            // Actions without an attribute require an authenticated user.
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
            foreach (var permission in Permissions.All.Keys)
            {
                options.AddPolicy(
                    permission,
                    policy => policy.RequireAuthenticatedUser().RequireClaim(AccessTokenClaims.Permission, permission)
                );
            }
        });
    }
}
