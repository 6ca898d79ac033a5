using Auth.Domain.Roles;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.AspNetCore.Authorization;

namespace Auth.Api.Authorization;

/// <summary>Who may do what: one policy for each permission, with its name.</summary>
internal static class AccessPolicies
{
    public static void AddAccessPolicies(this IServiceCollection services)
    {
        services.AddAuthorization(options =>
        {
            // An action that says nothing is closed.
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
