using Auth.Api.Mvc;
using Auth.Api.Problems;
using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Discovery;

/// <summary>Publishes which access tokens have been revoked.</summary>
[ApiController]
[Route(".well-known")]
[Tags("Discovery")]
[EnableCors(CorsPolicies.Public)]
public sealed class RevocationsController(IRevocationFeed feed, RevocationStreams streams) : ControllerBase
{
    /// <summary>The path of the revocations.</summary>
    public const string Path = "/.well-known/revocations";

    private const string DocumentType = "application/revocations+jwt";
    private const string StreamType = "text/event-stream";

    private static readonly MediaTypeHeaderValue s_stream = new(StreamType);

    /// <summary>Returns the access tokens that have been revoked</summary>
    /// <remarks>
    /// A JWS with the header `typ: revocations+jwt`, signed like access tokens, for services that verify access tokens
    /// themselves. Its payload has `iss`, `iat`, `exp`, `cursor`, `full` and `events`:
    ///
    /// - `{ "t": "s", "h", "exp" }`: the tokens of a session
    /// - `{ "t": "u", "h", "ver", "exp" }`: the tokens of a user with `ver` mod 2^20 below this
    /// - `{ "t": "r", "h", "ver", "exp" }`: the tokens with a role and `ver` div 2^20 below this
    /// - `{ "t": "a", "iat", "exp" }`: all tokens issued until then
    /// - `{ "t": "k", "h", "exp" }`: a signing key was withdrawn
    ///
    /// `h` is Base64url of the first 16 bytes of SHA-256 of the issuer, a NUL and the value of `sid`, `sub`, the role or `kid`.
    /// Events are facts: add them to those you know, and drop each at its `exp`. If you have no document that has not expired, you
    /// no longer know what has been revoked.
    ///
    /// With `Accept: text/event-stream`, documents are sent as server-sent events within a second of each change.
    /// </remarks>
    /// <param name="after">
    /// The `cursor` of your last document: the response contains only what may be newer. With an unknown cursor it contains
    /// everything (`full`).
    /// </param>
    /// <param name="lastEventId">The `id` of the last event, when a stream is continued.</param>
    /// <param name="cancellationToken">Ends a stream.</param>
    /// <response code="200">The signed document, or a stream of them.</response>
    /// <response code="304">The document has not changed since the ETag that was sent.</response>
    [HttpGet("revocations")]
    [AllowAnonymous]
    [ProducesResponseType<string>(StatusCodes.Status200OK, DocumentType, StreamType)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [ProblemCodes("NOT_FOUND")]
    public async Task<IActionResult> Read(
        [FromQuery] string? after,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        CancellationToken cancellationToken
    )
    {
        if (!feed.IsAvailable)
        {
            return new ProblemResult(CommonErrors.NotFound); // those who could verify a document could also forge it
        }

        Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (HttpMethods.IsGet(Request.Method) && AcceptsStream())
        {
            return await streams.WriteAsync(Response, lastEventId ?? after, cancellationToken);
        }

        var document = feed.Read(after);
        Response.GetTypedHeaders().CacheControl = new() { Public = true, MaxAge = TimeSpan.FromSeconds(1) };
        return File(document.Text, DocumentType, lastModified: null, new EntityTagHeaderValue($"\"{document.Tag}\""));
    }

    private bool AcceptsStream() =>
        Request.GetTypedHeaders().Accept.Any(type => type.Quality != 0 && type.MediaType == s_stream.MediaType);
}
