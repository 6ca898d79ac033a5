using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Api.Health;
using Auth.Api.Problems;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Auth.Api.OpenApi;

/// <summary>Adds to each operation the problems it can answer: those it names, and those that follow from what it is.</summary>
internal sealed class ProblemOperationFilter : IOperationFilter
{
    private const string ExampleTraceId = "0af7651916cd43dd8448eb211c80319c";

    private static readonly string[] OfBodies = ["MALFORMED_REQUEST", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"];

    private static readonly string[] OfTokens =
    [
        "MISSING_TOKEN",
        "INVALID_FORMAT",
        "TOKEN_EXPIRED",
        "INVALID_TOKEN",
        "TOKEN_REVOKED",
    ];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        // Whatever happens, health answers in its own words.
        if (context.MethodInfo.DeclaringType == typeof(HealthController))
        {
            return;
        }

        var isProtected = Access.IsProtected(context.ApiDescription);
        var schema = new OpenApiSchemaReference(nameof(ProblemResponse), context.Document);
        foreach (var problems in CodesOf(operation, context, isProtected).Select(Find).GroupBy(Problem.StatusOf))
        {
            operation.Responses ??= [];
            operation.Responses[problems.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join('\n', problems.Select(error => $"- `{error.Code}`: {error.Message}")),
                Headers = HeadersOf(problems.Key, isProtected),
                Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
                {
                    [Problem.ContentType] = new OpenApiMediaType
                    {
                        Schema = schema,
                        Examples = problems.ToDictionary(
                            error => error.Code,
                            error =>
                                (IOpenApiExample)new OpenApiExample { Value = Example(error, context.ApiDescription) },
                            StringComparer.Ordinal
                        ),
                    },
                },
            };
        }
    }

    private static IEnumerable<string> CodesOf(
        OpenApiOperation operation,
        OperationFilterContext context,
        bool isProtected
    )
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        return metadata
            .OfType<ProblemCodesAttribute>()
            .SelectMany(attribute => attribute.Codes)
            .Concat(operation.RequestBody is null ? [] : OfBodies)
            .Concat(isProtected ? OfTokens : [])
            .Concat(metadata.OfType<IAuthorizeData>().Any(data => data.Policy is not null) ? ["FORBIDDEN"] : [])
            .Concat(metadata.OfType<EnableRateLimitingAttribute>().Any() ? ["RATE_LIMITED"] : [])
            .Concat(["INTERNAL_ERROR", "SERVICE_UNAVAILABLE"])
            .Distinct(StringComparer.Ordinal);
    }

    private static Error Find(string code) => ErrorCatalog.ByCode[code];

    private static JsonNode? Example(Error error, ApiDescription api)
    {
        var example = error.Code switch
        {
            "TOKEN_REVOKED" => error with { Reason = RevocationReasons.RolesChanged },
            "INVALID_REFRESH_TOKEN" => SessionErrors.Ended(RevocationReasons.Logout),
            "VALIDATION_FAILED" => Error.Validation(FirstFieldOf(api), "This is not a valid value."),
            _ => error,
        };
        var path = "/" + api.RelativePath;
        var problem = Problem.Describe(example, Problem.StatusOf(example), path, ExampleTraceId);
        return JsonSerializer.SerializeToNode(problem, JsonSerializerOptions.Web);
    }

    private static string FirstFieldOf(ApiDescription api)
    {
        var body = api.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body);
        return body is null
            ? api.ParameterDescriptions[0].Name
            : JsonNamingPolicy.CamelCase.ConvertName(body.Type.GetProperties()[0].Name);
    }

    private static Dictionary<string, IOpenApiHeader>? HeadersOf(int status, bool isProtected) =>
        status switch
        {
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden when isProtected => Header(
                "WWW-Authenticate",
                "Bearer, and what is wrong with the token if one was sent (RFC 6750).",
                JsonSchemaType.String
            ),
            StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests => Header(
                "Retry-After",
                "After how many seconds a new try makes sense.",
                JsonSchemaType.Integer
            ),
            _ => null,
        };

    internal static Dictionary<string, IOpenApiHeader> Header(string name, string description, JsonSchemaType type) =>
        new(StringComparer.Ordinal)
        {
            [name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = type },
            },
        };
}

/// <summary>Puts the schema of problems into the document, which no action names.</summary>
internal sealed class ProblemDocumentFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) =>
        context.SchemaGenerator.GenerateSchema(typeof(ProblemResponse), context.SchemaRepository);
}
