using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Api.Authorization;
using Auth.Api.Health;
using Auth.Api.Mvc;
using Auth.Api.Problems;
using Auth.Api.StepUp;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Auth.Api.OpenApi;

/// <summary>Adds the problems of each operation: those it declares, and those that follow from its metadata.</summary>
internal sealed class ProblemOperationFilter : IOperationFilter
{
    private const string ExampleTraceId = "0af7651916cd43dd8448eb211c80319c";

    private static readonly string[] BodyCodes = ["MALFORMED_REQUEST", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"];

    private static readonly string[] FormCodes = ["PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"];

    private static readonly string[] TokenCodes =
    [
        "MISSING_TOKEN",
        "INVALID_FORMAT",
        "TOKEN_EXPIRED",
        "INVALID_TOKEN",
        "TOKEN_REVOKED",
    ];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        // Health checks do not answer with problem details.
        if (context.MethodInfo.DeclaringType == typeof(HealthController))
        {
            return;
        }

        var isProtected = Access.IsProtected(context.ApiDescription);
        operation.Responses ??= [];
        foreach (var problems in CodesOf(operation, context, isProtected).Select(Find).GroupBy(Problem.StatusOf))
        {
            var status = problems.Key.ToString(CultureInfo.InvariantCulture);
            operation.Responses[status] = NameOfShared([.. problems.Select(error => error.Code)]) is { } name
                ? Share(name, [.. problems], isProtected, context)
                : Describe([.. problems], isProtected, context, context.ApiDescription);
        }
    }

    // Responses shared by all operations are components of the document.
    private static string? NameOfShared(IReadOnlyList<string> codes) =>
        codes is ["VALIDATION_FAILED"] ? null
        : codes.SequenceEqual(TokenCodes) ? "INVALID_ACCESS_TOKEN"
        : codes is [var only] ? only
        : null;

    private static OpenApiResponseReference Share(
        string name,
        Error[] problems,
        bool isProtected,
        OperationFilterContext context
    )
    {
        context.Document.Components ??= new();
        context.Document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        context.Document.Components.Responses.TryAdd(name, Describe(problems, isProtected, context, api: null));
        return new(name, context.Document);
    }

    private static OpenApiResponse Describe(
        Error[] problems,
        bool isProtected,
        OperationFilterContext context,
        ApiDescription? api
    ) =>
        new()
        {
            Description = string.Join('\n', problems.Select(error => $"- `{error.Code}`: {error.Message}")),
            Headers = HeadersOf(Problem.StatusOf(problems[0]), isProtected),
            Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problem.ContentType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(ProblemResponse), context.Document),
                    Examples = problems.ToDictionary(
                        error => error.Code,
                        error => (IOpenApiExample)new OpenApiExample { Value = Example(error, api) },
                        StringComparer.Ordinal
                    ),
                },
            },
        };

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
            .Concat(
                operation.RequestBody is null ? []
                : IsForm(context.ApiDescription) ? FormCodes
                : BodyCodes
            )
            .Concat(isProtected ? TokenCodes : [])
            .Concat(isProtected && !metadata.OfType<AllowsServicesAttribute>().Any() ? ["FORBIDDEN"] : [])
            .Concat(metadata.OfType<RequiresStepUpAttribute>().Any() ? ["STEP_UP_REQUIRED"] : [])
            .Concat(metadata.OfType<EnableRateLimitingAttribute>().Any() ? ["RATE_LIMITED"] : [])
            .Concat(["INTERNAL_ERROR", "SERVICE_UNAVAILABLE"])
            .Distinct(StringComparer.Ordinal);
    }

    // Malformed forms have errors of OAuth 2.0.
    private static bool IsForm(ApiDescription api) =>
        api.ParameterDescriptions.Any(parameter => parameter.Type?.IsAssignableTo(typeof(IFormRequest)) == true);

    private static Error Find(string code) => ErrorCatalog.ByCode[code];

    private static JsonNode? Example(Error error, ApiDescription? api)
    {
        var example = error.Code switch
        {
            "TOKEN_REVOKED" => error with { Reason = RevocationReasons.RolesChanged, CanRefresh = true },
            "SECOND_FACTOR_REQUIRED" => error with
            {
                SecondFactor = new("AX4Rk0…", ["totp", "recovery_code"], new(2026, 3, 1, 9, 5, 0, TimeSpan.Zero)),
            },
            "STEP_UP_REQUIRED" => error with { StepUp = new(TimeSpan.FromMinutes(10), "pwd") },
            "INVALID_REFRESH_TOKEN" => SessionErrors.Ended(RevocationReasons.Logout),
            "VALIDATION_FAILED" => Error.Validation(FirstFieldOf(api!), "The value is not valid."),
            _ => error,
        };
        var path = "/" + (api?.RelativePath ?? "api/auth/me");
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
                "`Bearer`, with the error if a token was sent (RFC 6750, RFC 9470).",
                JsonSchemaType.String
            ),
            StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests => Header(
                "Retry-After",
                "The number of seconds to wait before retrying.",
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

/// <summary>Adds the schema of problem details, which no action references, to the document.</summary>
internal sealed class ProblemDocumentFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) =>
        context.SchemaGenerator.GenerateSchema(typeof(ProblemResponse), context.SchemaRepository);
}
