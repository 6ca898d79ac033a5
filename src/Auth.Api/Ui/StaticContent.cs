using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Ui;

/// <summary>A response that is the same for everybody, in memory, also compressed.</summary>
internal sealed class StaticContent(byte[] content, string contentType, string cacheControl)
{
    private const string Gzip = "gzip";

    private readonly byte[] _compressed = Compress(content);
    private readonly string _hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];

    /// <summary>Writes the response; 304 if the client has it already.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var isCompressed = context
            .Request.GetTypedHeaders()
            .AcceptEncoding.Any(coding =>
                coding.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0
            );
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (isCompressed)
        {
            headers.ContentEncoding = Gzip;
        }

        var tag = new EntityTagHeaderValue($"\"{_hash}{(isCompressed ? Gzip : "")}\"");
        return Results.Bytes(isCompressed ? _compressed : content, contentType, entityTag: tag).ExecuteAsync(context);
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
