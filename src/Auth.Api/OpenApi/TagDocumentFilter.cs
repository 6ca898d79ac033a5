using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Auth.Api.OpenApi;

/// <summary>Describes the tags, in reading order.</summary>
/// <remarks>Controllers share tags, so the tags cannot be described by a controller's docstring.</remarks>
internal sealed class TagDocumentFilter : IDocumentFilter
{
    private static readonly (string Name, string Description)[] s_groups =
    [
        ("Authentication", "Registration, sign-in, refresh, logout, and the caller's own sessions"),
        ("Mail", "Confirming and changing addresses, forgotten passwords, and invitations"),
        ("Users", "The caller's own account, and the administration of users and their sessions"),
        ("Roles", "Roles and the permissions they grant"),
        ("Service accounts", "Programs that get access tokens with a secret"),
        ("OAuth", "Access tokens of services: issuing, checking and revoking them (RFC 6749, 7662, 7009)"),
        ("Audit", "The audit log: who did what, to whom, and when"),
        ("Keys", "The keys that sign access tokens"),
        ("Discovery", "The metadata and keys that other services need to verify access tokens"),
        ("Health", "Probes for orchestrators and load balancers"),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Tags = new HashSet<OpenApiTag>();
        foreach (var (name, description) in s_groups)
        {
            swaggerDoc.Tags.Add(new() { Name = name, Description = description });
        }
    }
}
