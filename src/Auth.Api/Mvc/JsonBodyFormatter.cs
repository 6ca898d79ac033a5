using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Mvc;

/// <summary>
/// Reads request bodies more strictly than ASP.NET Core's formatter: one JSON object in valid UTF-8, without duplicate
/// properties, unknown ones included (which no serializer option covers), and only <c>application/json</c>.
/// </summary>
internal sealed class JsonBodyFormatter : InputFormatter
{
    private readonly JsonSerializerOptions _options;
    private readonly JsonDocumentOptions _documentOptions;

    /// <param name="options">The serializer options.</param>
    public JsonBodyFormatter(JsonSerializerOptions options)
    {
        _options = options;
        _documentOptions = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = options.MaxDepth };
        SupportedMediaTypes.Add("application/json");
    }

    /// <summary>Also accepts requests without a body, so that they fail because of that and not because of their type.</summary>
    public override bool CanRead(InputFormatterContext context)
    {
        var contentType = context.HttpContext.Request.ContentType;
        if (!CanReadType(context.ModelType))
        {
            return false;
        }

        return string.IsNullOrEmpty(contentType)
            ? context.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            : MediaTypeHeaderValue.TryParse(contentType, out var type)
                && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                && (!type.Charset.HasValue || IsUtf8(type.Charset.Value));
    }

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BodyReader.MaxLength + 1);
        try
        {
            var length = await BodyReader.ReadAsync(context.HttpContext, buffer);
            return length > 0 ? Read(buffer.AsMemory(0, length), context)
                : context.TreatEmptyInputAsDefaultValue ? await InputFormatterResult.SuccessAsync(null)
                : await InputFormatterResult.NoValueAsync();
        }
        finally
        {
            // The buffer may contain a password.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    // Forms are read by another formatter.
    protected override bool CanReadType(Type type) => !type.IsAssignableTo(typeof(IFormRequest));

    private InputFormatterResult Read(ReadOnlyMemory<byte> body, InputFormatterContext context)
    {
        if (Utf8.IsValid(body.Span))
        {
            try
            {
                using var document = JsonDocument.Parse(body, _documentOptions);
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                {
                    return InputFormatterResult.Success(document.Deserialize(context.ModelType, _options));
                }
            }
            // The second exception is thrown for property names with a lone surrogate.
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return Fail(context);
            }
        }

        return Fail(context);
    }

    // The details would be in terms of the parser and of C#.
    private static InputFormatterResult Fail(InputFormatterContext context)
    {
        context.ModelState.TryAddModelError(context.ModelName, "malformed");
        return InputFormatterResult.Failure();
    }

    private static bool IsUtf8(string charset) =>
        charset.Trim('"').Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase);
}
