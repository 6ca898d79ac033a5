using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Auth.Bearer;

/// <summary>Makes a policy for each permission, so that <c>[Authorize("articles:write")]</c> needs no registration.</summary>
internal sealed partial class PermissionPolicyProvider(IOptions<AuthorizationOptions> options)
    : DefaultAuthorizationPolicyProvider(options)
{
    /// <inheritdoc/>
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        await base.GetPolicyAsync(policyName)
        ?? (
            Permission().IsMatch(policyName)
                ? new AuthorizationPolicyBuilder().RequirePermission(policyName).Build()
                : null
        );

    [GeneratedRegex("^[a-z][a-z0-9-]*:[a-z][a-z0-9-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Permission();
}
