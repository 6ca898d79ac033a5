using System.Reflection;
using Auth.Application.Abstractions;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.OpenApi;

namespace Auth.Api.OpenApi;

/// <summary>Configures the OpenAPI document and Swagger UI.</summary>
internal static class OpenApiSetup
{
    private const string Description = """
        Registration, sign-in, refresh tokens, users and roles.

        Get an access token from `POST /api/auth/login` and paste it into **Authorize**. Every error is
        `application/problem+json` (RFC 9457) with a `code` for programs. Unknown properties of a request are ignored;
        duplicate properties are rejected. Request bodies are limited to 10 KiB.

        If signing in is answered with `SECOND_FACTOR_REQUIRED`, send its `challenge` with a code to `POST /api/auth/login/second-factor`. If an
        operation is answered with `STEP_UP_REQUIRED`, send your password or a code to `POST /api/auth/step-up`, paste the new access
        token into **Authorize**, and repeat the operation.

        Every response to a request with a valid access token has the header `X-Token-Expires-In`: the remaining lifetime of
        the token in seconds.
        """;

    public static void AddOpenApiDocument(this IServiceCollection services, PasswordLength passwordLength) =>
        services.AddSwaggerGen(options =>
        {
            var version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);
            options.SwaggerDoc(
                "v1",
                new OpenApiInfo
                {
                    Title = "Auth",
                    Version = version,
                    Description = Description,
                }
            );
            options.IncludeXmlComments(Assembly.GetExecutingAssembly(), includeControllerXmlComments: false);
            options.SupportNonNullableReferenceTypes();
            options.CustomOperationIds(api =>
                $"{api.ActionDescriptor.RouteValues["controller"]}_{api.ActionDescriptor.RouteValues["action"]}"
            );
            options.AddSecurityDefinition(
                JwtBearerDefaults.AuthenticationScheme,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "The `accessToken` of a sign-in response, without the prefix `Bearer`.",
                }
            );
            options.SchemaFilter<ContractSchemaFilter>(passwordLength);
            options.OperationFilter<QueryParameterFilter>(passwordLength);
            options.OperationFilter<BodyOperationFilter>();
            options.OperationFilter<AccessOperationFilter>();
            options.OperationFilter<ProblemOperationFilter>();
            options.DocumentFilter<ProblemDocumentFilter>();
            options.DocumentFilter<TagDocumentFilter>();
        });

    public static void UseOpenApiPages(this IApplicationBuilder app)
    {
        app.UseSwagger(options =>
            options.PreSerializeFilters.Add(
                (document, request) =>
                    document.Servers = [new() { Url = request.PathBase.HasValue ? request.PathBase.Value : "/" }]
            )
        );
        app.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "Auth";
            options.SwaggerEndpoint("v1/swagger.json", "Auth");
        });
    }
}
