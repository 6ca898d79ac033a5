using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Malformed;

/// <summary>An operation of the service's OpenAPI document.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Template">The path, with parameters in braces.</param>
/// <param name="Query">The names of its query parameters.</param>
/// <param name="Example">An example of its body; null if it takes none.</param>
internal sealed record Operation(string Method, string Template, IReadOnlyList<string> Query, JsonObject? Example)
{
    public string Name => $"{Method} {Template}";
}

/// <summary>Reads the OpenAPI document of the service.</summary>
internal static class ApiDocument
{
    public static async Task<IReadOnlyList<Operation>> ReadAsync(HttpClient client)
    {
        var document = await client.GetAsync("/swagger/v1/swagger.json", bearer: null).ShouldBeAsync(200);
        return
        [
            .. from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select new Operation(
                operation.Key.ToUpperInvariant(),
                path.Key,
                [
                    .. from parameter in operation.Value!["parameters"]?.AsArray() ?? []
                    where parameter!.Text("in") == "query"
                    select parameter!.Text("name"),
                ],
                operation.Value!["requestBody"]?["content"]?["application/json"]?["example"]?.AsObject()
            ),
        ];
    }
}
