using System.Reflection;
using Auth.Api.Authorization;
using Auth.Application.Abstractions;
using Microsoft.OpenApi;

namespace Auth.Api.OpenApi;

/// <summary>The API, described for programs and for people.</summary>
internal static class OpenApiSetup
{
    private const string Description = """
        Sign-up, sign-in, refresh tokens, users and their roles.

        Get an access token from `POST /api/auth/login` and paste it into **Authorize**. Every error is
        `application/problem+json` (RFC 9457) and has a `code` that programs decide by. Unknown members of a request are
        ignored; a member that stands twice is refused. Bodies have at most 10 KiB.
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
            options.IncludeXmlComments(Assembly.GetExecutingAssembly(), includeControllerXmlComments: true);
            options.SupportNonNullableReferenceTypes();
            options.CustomOperationIds(api =>
                $"{api.ActionDescriptor.RouteValues["controller"]}_{api.ActionDescriptor.RouteValues["action"]}"
            );
            options.AddSecurityDefinition(
                BearerAuthentication.Scheme,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "The accessToken of a sign-in response, without the word Bearer.",
                }
            );
            options.SchemaFilter<ContractSchemaFilter>(passwordLength);
            options.OperationFilter<QueryParameterFilter>(passwordLength);
            options.OperationFilter<BodyOperationFilter>();
            options.OperationFilter<AccessOperationFilter>();
            options.OperationFilter<ProblemOperationFilter>();
            options.DocumentFilter<ProblemDocumentFilter>();
        });

    public static void UseOpenApiPages(this IApplicationBuilder app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "Auth";
            options.SwaggerEndpoint("v1/swagger.json", "Auth");
        });
    }
}
