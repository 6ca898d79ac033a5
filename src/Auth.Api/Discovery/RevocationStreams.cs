using System.Text;
using Auth.Api.Problems;
using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Discovery;

/// <summary>Sends revocations as server-sent events (WHATWG HTML §9.2).</summary>
/// <remarks>
/// Streams last until a side closes them, and anybody may open one. So their number is limited: clients that are refused one
/// can still poll.
/// </remarks>
/// <param name="feed">The revocations.</param>
/// <param name="lifetime">Ends the streams before the service stops.</param>
/// <param name="maxStreams">How many there may be at a time.</param>
public sealed class RevocationStreams(IRevocationFeed feed, IHostApplicationLifetime lifetime, int maxStreams)
{
    private const int PartLength = 64 * 1024;

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(30);

    private int _open;

    /// <summary>Writes documents until the client disconnects or the service shuts down.</summary>
    public async Task<IActionResult> WriteAsync(
        HttpResponse response,
        string? after,
        CancellationToken cancellationToken
    )
    {
        if (Interlocked.Increment(ref _open) > maxStreams)
        {
            Interlocked.Decrement(ref _open);
            return new ProblemResult(CommonErrors.ServiceUnavailable with { RetryAfter = s_retryAfter });
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        try
        {
            _ = feed.Read(after); // fails now, while there can still be another response
            response.ContentType = "text/event-stream";
            response.Headers[HeaderNames.CacheControl] = "no-cache";
            response.Headers["X-Accel-Buffering"] = "no"; // nginx would wait for more
            await foreach (var document in feed.FollowAsync(after, stopping.Token))
            {
                await WriteAsync(response, document, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The normal end of a stream.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }

        return new EmptyResult();
    }

    private static async Task WriteAsync(
        HttpResponse response,
        RevocationDocument document,
        CancellationToken cancellationToken
    )
    {
        var writer = response.BodyWriter;
        Encoding.ASCII.GetBytes($"id: {document.Cursor}\ndata: ", writer);
        // In parts: the server copies what it is given, and many clients that read slowly would fill the memory.
        for (
            ReadOnlyMemory<byte> rest = document.Text;
            rest.Length > 0;
            rest = rest[Math.Min(rest.Length, PartLength)..]
        )
        {
            await writer.WriteAsync(rest[..Math.Min(rest.Length, PartLength)], cancellationToken);
        }

        Encoding.ASCII.GetBytes("\n\n", writer);
        await writer.FlushAsync(cancellationToken);
    }
}
