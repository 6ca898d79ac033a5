using Auth.Api.Authorization;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Auth.Api.OpenApi;

/// <summary>Marks operations that require an access token, and describes their responses.</summary>
internal sealed class AccessOperationFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (!Access.IsProtected(context.ApiDescription))
        {
            return;
        }

        operation.Security =
        [
            new()
            {
                [new OpenApiSecuritySchemeReference(JwtBearerDefaults.AuthenticationScheme, context.Document)] = [],
            },
        ];
        var policies = context
            .ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>()
            .Where(data => data.Policy is not null)
            .Select(data => $"Requires the permission `{data.Policy}`.");
        operation.Description = string.Join("\n\n", policies.Prepend(operation.Description).OfType<string>());
        foreach (var response in (operation.Responses ?? []).Values.OfType<OpenApiResponse>())
        {
            response.Headers = ProblemOperationFilter.Header(
                BearerEvents.ExpiresInHeader,
                "The remaining lifetime of the access token in seconds.",
                JsonSchemaType.Integer
            );
        }
    }
}

/// <summary>Reads the authorization metadata of operations.</summary>
internal static class Access
{
    /// <summary>Whether an operation requires an access token, which is the default.</summary>
    public static bool IsProtected(ApiDescription api) =>
        !api.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();
}
