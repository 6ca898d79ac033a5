using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace Auth.Api.Json;

/// <summary>
/// Writes what actions answer. It is always JSON, so there is nothing to negotiate; and small, so it is written in one
/// piece with its length ahead.
/// </summary>
internal sealed class JsonAnswers(IOptions<JsonOptions> options) : IActionResultExecutor<ObjectResult>
{
    private const int UsualLength = 2048;

    private readonly JsonSerializerOptions _options = new(options.Value.JsonSerializerOptions)
    {
        // No answer of ours is put into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ObjectPool<Buffer> _buffers = new DefaultObjectPoolProvider().Create<Buffer>();

    public async Task ExecuteAsync(ActionContext context, ObjectResult result)
    {
        result.OnFormatting(context);
        var response = context.HttpContext.Response;
        var buffer = _buffers.Get();
        using (var writer = new Utf8JsonWriter(buffer.Bytes, new() { Encoder = _options.Encoder }))
        {
            JsonSerializer.Serialize(writer, result.Value, _options);
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = buffer.Bytes.WrittenCount;
        await response.Body.WriteAsync(buffer.Bytes.WrittenMemory, context.HttpContext.RequestAborted);
        _buffers.Return(buffer);
    }

    private sealed class Buffer : IResettable
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new(UsualLength);

        // It may have held tokens, and they are overwritten. One that has grown is not kept.
        public bool TryReset()
        {
            Bytes.Clear();
            return Bytes.Capacity <= 4 * UsualLength;
        }
    }
}
