using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Mvc;

/// <summary>
/// Reads request bodies more strictly than the framework's formatter: one JSON object in valid UTF-8, no member twice —
/// unknown ones included, which no option of the serializer covers — and <c>application/json</c> only.
/// </summary>
internal sealed class JsonBodyFormatter : InputFormatter
{
    /// <summary>The longest body, in bytes.</summary>
    public const int MaxLength = 10 * 1024;

    private readonly JsonSerializerOptions _options;
    private readonly JsonDocumentOptions _documentOptions;

    /// <param name="options">How values are read.</param>
    public JsonBodyFormatter(JsonSerializerOptions options)
    {
        _options = options;
        _documentOptions = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = options.MaxDepth };
        SupportedMediaTypes.Add("application/json");
    }

    /// <summary>A request without any body is let in as well: that it is empty is the fault then, not its type.</summary>
    public override bool CanRead(InputFormatterContext context)
    {
        var contentType = context.HttpContext.Request.ContentType;
        return string.IsNullOrEmpty(contentType)
            ? context.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            : MediaTypeHeaderValue.TryParse(contentType, out var type)
                && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                && (!type.Charset.HasValue || IsUtf8(type.Charset.Value));
    }

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        var request = context.HttpContext.Request;
        var buffer = ArrayPool<byte>.Shared.Rent(MaxLength + 1);
        try
        {
            var length = await ReadAsync(request.Body, buffer.AsMemory(0, MaxLength + 1), context.HttpContext);
            return length switch
            {
                0 => context.TreatEmptyInputAsDefaultValue
                    ? await InputFormatterResult.SuccessAsync(null)
                    : await InputFormatterResult.NoValueAsync(),
                > MaxLength => throw new BadHttpRequestException("", StatusCodes.Status413PayloadTooLarge),
                _ => Read(buffer.AsMemory(0, length), context),
            };
        }
        finally
        {
            // It may have held a password.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static async Task<int> ReadAsync(Stream body, Memory<byte> buffer, HttpContext context)
    {
        try
        {
            return await body.ReadAtLeastAsync(
                buffer,
                buffer.Length,
                throwOnEndOfStream: false,
                context.RequestAborted
            );
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // The server's word for some kinds of bad framing, such as a chunk whose length is no 32-bit number.
            throw new BadHttpRequestException("", StatusCodes.Status400BadRequest, exception);
        }
    }

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
            // The second one is how member names with half a surrogate pair are refused.
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return Fail(context);
            }
        }

        return Fail(context);
    }

    // What exactly is wrong would be told in the parser's and in C#'s words.
    private static InputFormatterResult Fail(InputFormatterContext context)
    {
        context.ModelState.TryAddModelError(context.ModelName, "malformed");
        return InputFormatterResult.Failure();
    }

    private static bool IsUtf8(string charset) =>
        charset.Trim('"').Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase);
}
