using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.OpenApi;

public sealed class OpenApiDocumentTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>, IAsyncLifetime
{
    private JsonNode _document = null!;

    private IEnumerable<(string Route, string Method, JsonNode Operation)> Operations =>
        from path in _document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value!);

    public async ValueTask InitializeAsync() =>
        _document = await fixture.Client.GetAsync("/swagger/v1/swagger.json", bearer: null).ShouldBeAsync(200);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void It_has_every_route_of_the_service()
    {
        var served = Endpoints().Select(endpoint => endpoint.Name).Order(StringComparer.Ordinal).ToList();

        served.ShouldNotBeEmpty();
        Operations
            .Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Route}")
            .Order(StringComparer.Ordinal)
            .ShouldBe(served);
    }

    [Fact]
    public void Every_reference_can_be_resolved()
    {
        var references = References(_document).ToList();

        references.ShouldNotBeEmpty();
        references.ShouldAllBe(reference => Resolve(reference) != null);
    }

    [Fact]
    public void The_bearer_scheme_is_defined_and_required_exactly_where_a_token_is_needed()
    {
        var scheme = _document["components"]!["securitySchemes"]!["Bearer"]!;
        scheme.Text("type").ShouldBe("http");
        scheme.Text("scheme").ShouldBe("bearer");

        var guarded = Endpoints().Where(endpoint => endpoint.NeedsToken).Select(endpoint => endpoint.Name).ToHashSet();
        foreach (var (route, method, operation) in Operations)
        {
            var name = $"{method.ToUpperInvariant()} {route}";
            var schemes = operation["security"]
                ?.AsArray()
                .SelectMany(item => item!.AsObject().Select(pair => pair.Key));
            (schemes?.Contains("Bearer") ?? false).ShouldBe(guarded.Contains(name), name);
        }
    }

    [Fact]
    public void Every_operation_has_a_summary_and_every_response_a_description()
    {
        foreach (var (route, method, operation) in Operations)
        {
            operation["summary"]?.GetValue<string>().ShouldNotBeNullOrWhiteSpace($"{method} {route}");
            foreach (var (status, answer) in operation["responses"]!.AsObject())
            {
                Resolved(answer!).Text("description").ShouldNotBeNullOrWhiteSpace($"{method} {route} {status}");
            }
        }
    }

    [Fact]
    public void Every_error_is_a_problem_with_examples()
    {
        foreach (
            var (route, method, operation) in Operations.Where(operation =>
                operation.Route.StartsWith("/api", StringComparison.Ordinal)
            )
        )
        {
            var errors = operation["responses"]!.AsObject().Where(answer => answer.Key[0] is '4' or '5').ToList();
            errors.ShouldNotBeEmpty($"{method} {route}");
            foreach (var (status, answer) in errors)
            {
                var content = Resolved(answer!)["content"]!["application/problem+json"]!;
                content["schema"]!.Text("$ref").ShouldBe("#/components/schemas/ProblemResponse");
                var examples = content["examples"]!.AsObject();
                examples.ShouldNotBeEmpty($"{method} {route} {status}");
                foreach (var (code, example) in examples)
                {
                    example!["value"]!.Text("code").ShouldBe(code);
                    example["value"]!["status"]!.GetValue<int>().ToString(provider: null).ShouldBe(status);
                }
            }
        }
    }

    [Fact]
    public void Every_body_has_a_schema_and_an_example()
    {
        foreach (var (route, method, operation) in Operations)
        {
            if (operation["requestBody"]?["content"]?["application/json"] is { } request)
            {
                request["schema"].ShouldNotBeNull($"{method} {route}");
                (request["example"] ?? request["examples"]).ShouldNotBeNull($"{method} {route}");
            }

            var success = operation["responses"]!.AsObject().Where(answer => answer.Key[0] == '2');
            foreach (var (status, answer) in success.Where(answer => answer.Value!["content"] is not null))
            {
                var content = answer!["content"]!.AsObject().First().Value!;
                content["schema"].ShouldNotBeNull($"{method} {route} {status}");
                (content["example"] ?? content["examples"]).ShouldNotBeNull($"{method} {route} {status}");
            }
        }
    }

    [Theory]
    [InlineData("POST", "/api/auth/register", "201 400 409 413 415")]
    [InlineData("POST", "/api/auth/login", "200 400 401 413 415")]
    [InlineData("POST", "/api/auth/refresh", "200 400 401 403")]
    [InlineData("POST", "/api/auth/logout", "204 400 403")]
    [InlineData("POST", "/api/auth/change-password", "204 400 401")]
    [InlineData("GET", "/api/users", "200 400 401 403")]
    [InlineData("GET", "/api/users/{id}", "200 401 403 404")]
    [InlineData("PUT", "/api/users/{id}/roles", "200 400 401 403 404 409")]
    public void Operations_document_the_statuses_of_the_contract(string method, string route, string statuses)
    {
        var answers = _document["paths"]![route]![method.ToLowerInvariant()]!["responses"]!.AsObject();

        answers
            .Select(answer => answer.Key)
            .Intersect(statuses.Split(' '))
            .Order(StringComparer.Ordinal)
            .ShouldBe(statuses.Split(' '));
    }

    [Fact]
    public void Fields_have_the_constraints_of_the_contract()
    {
        var register = _document["components"]!["schemas"]!["RegisterRequest"]!["properties"]!;

        register["email"]!["maxLength"]!.GetValue<int>().ShouldBe(254);
        register["password"]!["minLength"]!.GetValue<int>().ShouldBe(8);
        register["password"]!["maxLength"]!.GetValue<int>().ShouldBe(256);
        register["displayName"]!["maxLength"]!.GetValue<int>().ShouldBe(100);
    }

    private IEnumerable<(string Name, bool NeedsToken)> Endpoints() =>
        from endpoint in fixture
            .Service.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        where method != "HEAD"
        let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace(":guid", "", StringComparison.Ordinal)
        select ($"{method} {route}", endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject properties => properties.SelectMany(property =>
                property is { Key: "$ref", Value: JsonValue value }
                    ? [value.GetValue<string>()]
                    : References(property.Value)
            ),
            JsonArray items => items.SelectMany(References),
            _ => [],
        };

    /// <summary>Returns a response, resolving references to shared ones.</summary>
    private JsonNode Resolved(JsonNode response) =>
        response["$ref"] is { } reference ? Resolve(reference.GetValue<string>())! : response;

    private JsonNode? Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)_document, (node, name) => node?[name]);
}
