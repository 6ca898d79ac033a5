using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Auth.Api.OpenApi;

/// <summary>Adds examples to request and response bodies, and marks required bodies.</summary>
internal sealed class BodyOperationFilter(IOptions<JsonOptions> json) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in context.ApiDescription.ParameterDescriptions)
        {
            if (parameter.Source == BindingSource.Body && operation.RequestBody is OpenApiRequestBody body)
            {
                body.Required = parameter.BindingInfo?.EmptyBodyBehavior != EmptyBodyBehavior.Allow;
                Add(body.Content, parameter.Type, isRequest: true);
            }
        }

        foreach (var response in context.ApiDescription.SupportedResponseTypes)
        {
            var status = response.StatusCode.ToString(CultureInfo.InvariantCulture);
            if (operation.Responses?.TryGetValue(status, out var found) == true && found is OpenApiResponse documented)
            {
                if (response.StatusCode == StatusCodes.Status201Created)
                {
                    documented.Headers = ProblemOperationFilter.Header(
                        "Location",
                        "The address of the new resource.",
                        JsonSchemaType.String
                    );
                }

                Add(documented.Content, response.Type, isRequest: false);
            }
        }
    }

    private void Add(IDictionary<string, IOpenApiMediaType>? content, Type? type, bool isRequest)
    {
        if (content is null || type is null || !Examples.ByType.TryGetValue(type, out var example))
        {
            return;
        }

        var node = JsonSerializer.SerializeToNode(example, type, json.Value.JsonSerializerOptions);
        if (isRequest && node is JsonObject members)
        {
            // Members that the example leaves out are omitted, not null.
            foreach (var (name, _) in members.Where(member => member.Value is null).ToList())
            {
                members.Remove(name);
            }
        }

        foreach (var mediaType in content.Values.OfType<OpenApiMediaType>())
        {
            mediaType.Example = node?.DeepClone();
        }
    }
}
