using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;
using NJsonSchema;
using NJsonSchema.Validation;
using NSwag;

namespace Auth.IntegrationTests.OpenApi;

/// <summary>The examples of the OpenAPI document conform to their schemas.</summary>
public sealed class ExampleTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task Every_example_satisfies_its_schema()
    {
        var json = await fixture.Client.GetStringAsync(
            "/swagger/v1/swagger.json",
            TestContext.Current.CancellationToken
        );
        var document = await OpenApiDocument.FromJsonAsync(json, TestContext.Current.CancellationToken);
        foreach (var schema in document.Components.Schemas.Values.Where(schema => schema.Properties.Count > 0))
        {
            schema.AllowAdditionalProperties = false; // clients may send more properties, but examples should not
        }

        var examples = ExamplesOf(document).ToList();

        // No reference is missed, wherever it is.
        examples.Count.ShouldBe(CountExamples(JsonNode.Parse(json)));
        examples.SelectMany(example => Validate(example).Select(error => $"{example.Place}: {error}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_example_that_violates_its_schema_is_detected()
    {
        var json = JsonNode.Parse(
            await fixture.Client.GetStringAsync("/swagger/v1/swagger.json", TestContext.Current.CancellationToken)
        )!;
        var login = json["paths"]!["/api/auth/login"]!["post"]!["requestBody"]!["content"]!["application/json"]!;
        login["example"] = JsonNode.Parse("""{"email":"nobody","refreshTokenIn":"pocket","password":null}""");
        var document = await OpenApiDocument.FromJsonAsync(json.ToJsonString(), TestContext.Current.CancellationToken);

        ExamplesOf(document)
            .SelectMany(Validate)
            .Select(error => $"{error.Kind} {error.Path}")
            .Order(StringComparer.Ordinal)
            .ShouldBe(["EmailExpected #/email", "NotInEnumeration #/refreshTokenIn", "StringExpected #/password"]);
    }

    private static IEnumerable<Example> ExamplesOf(OpenApiDocument document)
    {
        var ofOperations =
            from path in document.Paths
            from operation in path.Value
            let place = $"{operation.Key} {path.Key}"
            let bodies = operation.Value.RequestBody is { } body ? OfContent(place, body.Content) : []
            let responses = operation.Value.Responses.SelectMany(response =>
                OfResponse($"{place} {response.Key}", response.Value)
            )
            let parameters = operation.Value.Parameters.SelectMany(parameter =>
                OfParameter($"{place} {parameter.Name}", parameter)
            )
            select bodies.Concat(responses).Concat(parameters);
        var ofComponents = document.Components;
        return
        [
            .. ofOperations.SelectMany(examples => examples),
            .. ofComponents.RequestBodies.SelectMany(body => OfContent(body.Key, body.Value.Content)),
            .. ofComponents.Responses.SelectMany(response => OfResponse(response.Key, response.Value)),
            .. ofComponents.Parameters.SelectMany(parameter => OfParameter(parameter.Key, parameter.Value)),
            .. ofComponents.Schemas.SelectMany(schema =>
                OfSchema(schema.Key, schema.Value)
                    .Concat(
                        schema.Value.Properties.SelectMany(property =>
                            OfSchema($"{schema.Key}.{property.Key}", property.Value)
                        )
                    )
            ),
        ];
    }

    // Shared responses are checked where they are defined.
    private static IEnumerable<Example> OfResponse(string place, OpenApiResponse response) =>
        response.Reference is null ? OfContent(place, response.Content) : [];

    private static IEnumerable<Example> OfContent(string place, IDictionary<string, OpenApiMediaType> content) =>
        content.Values.SelectMany(media => Of(place, media.Schema, media.Example, media.Examples));

    // The request body is also one of the parameters.
    private static IEnumerable<Example> OfParameter(string place, OpenApiParameter parameter) =>
        parameter is { Reference: null, Kind: not OpenApiParameterKind.Body }
            ? Of(place, parameter.Schema, parameter.Example, parameter.Examples)
            : [];

    private static IEnumerable<Example> OfSchema(string place, JsonSchema schema) =>
        Of(place, schema, schema.Example, named: null);

    private static IEnumerable<Example> Of(
        string place,
        JsonSchema schema,
        object? single,
        IDictionary<string, OpenApiExample>? named
    ) =>
        (named ?? new Dictionary<string, OpenApiExample>())
            .Select(example => new Example($"{place} {example.Key}", schema, example.Value.Value))
            .Concat(single is null ? [] : [new Example(place, schema, single)]);

    private static ICollection<ValidationError> Validate(Example example) =>
        example.Schema.ActualSchema.Validate(
            Newtonsoft.Json.JsonConvert.SerializeObject(example.Value),
            SchemaType.OpenApi3
        );

    private static int CountExamples(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.Sum(member =>
                member.Key switch
                {
                    "example" => 1,
                    "examples" => member.Value!.AsObject().Count,
                    _ => CountExamples(member.Value),
                }
            ),
            JsonArray items => items.Sum(CountExamples),
            _ => 0,
        };

    private sealed record Example(string Place, JsonSchema Schema, object? Value);
}
