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

    // No answer of ours is put into HTML.
    private static readonly JsonWriterOptions s_writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonSerializerOptions _options = options.Value.JsonSerializerOptions;
    private readonly ObjectPool<Page> _pages = new DefaultObjectPoolProvider().Create<Page>();

    public async Task ExecuteAsync(ActionContext context, ObjectResult result)
    {
        result.OnFormatting(context);
        var response = context.HttpContext.Response;
        var page = _pages.Get();
        JsonSerializer.Serialize(page.Writer, result.Value, _options);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = page.Bytes.WrittenCount;
        await response.Body.WriteAsync(page.Bytes.WrittenMemory, context.HttpContext.RequestAborted);
        _pages.Return(page);
    }

    private sealed class Page : IResettable
    {
        public Page() => Writer = new(Bytes, s_writing);

        public ArrayBufferWriter<byte> Bytes { get; } = new(UsualLength);

        public Utf8JsonWriter Writer { get; }

        // It may have held tokens, and they are overwritten. One that has grown is not kept.
        public bool TryReset()
        {
            Bytes.Clear();
            Writer.Reset();
            return Bytes.Capacity <= 4 * UsualLength;
        }
    }
}
