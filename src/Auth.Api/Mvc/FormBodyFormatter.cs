using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.WebUtilities;

namespace Auth.Api.Mvc;

/// <summary>
/// Reads forms into requests that are marked as such. Repeated parameters are rejected, and parameters without a value count as
/// absent (RFC 6749 §3.2).
/// </summary>
internal sealed class FormBodyFormatter : InputFormatter
{
    private const string FormType = "application/x-www-form-urlencoded";

    public FormBodyFormatter() => SupportedMediaTypes.Add(FormType);

    /// <summary>Also accepts requests without a body, so that they fail because of that and not because of their type.</summary>
    public override bool CanRead(InputFormatterContext context) =>
        base.CanRead(context)
        || (
            CanReadType(context.ModelType)
            && string.IsNullOrEmpty(context.HttpContext.Request.ContentType)
            && context.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
        );

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BodyReader.MaxLength + 1);
        try
        {
            var length = await BodyReader.ReadAsync(context.HttpContext, buffer);
            if (Utf8.IsValid(buffer.AsSpan(0, length)) && TryRead(buffer, length, out var form))
            {
                return await InputFormatterResult.SuccessAsync(form.Deserialize(context.ModelType));
            }

            context.ModelState.TryAddModelError(context.ModelName, "malformed");
            return await InputFormatterResult.FailureAsync();
        }
        finally
        {
            // The buffer may contain a secret.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    protected override bool CanReadType(Type type) => type.IsAssignableTo(typeof(IFormRequest));

    private static bool TryRead(byte[] buffer, int length, out JsonObject form)
    {
        form = [];
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(buffer, 0, length)))
        {
            var name = pair.DecodeName().ToString();
            var value = pair.DecodeValue();
            if (form.ContainsKey(name))
            {
                return false;
            }

            form.Add(name, value.IsEmpty ? null : JsonValue.Create(value.ToString()));
        }

        return true;
    }
}
