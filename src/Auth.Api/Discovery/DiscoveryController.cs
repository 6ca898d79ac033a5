using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Auth.Api.Hosting;
using Auth.Infrastructure.Security.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Discovery;

/// <summary>Lets any service verify access tokens with nothing but public keys.</summary>
[ApiController]
[Route(".well-known")]
[Tags("Discovery")]
[EnableCors(CorsPolicies.Public)]
public sealed class DiscoveryController(PublishedKeys keys) : ControllerBase
{
    private const string KeySetPath = "/.well-known/jwks.json";

    /// <summary>The public keys</summary>
    /// <remarks>
    /// Current, next, and those whose tokens may still live; none where tokens are signed with a shared secret. Read
    /// them at least once a day: a key is published for the announce period, two days by default, before it signs.
    /// </remarks>
    /// <response code="200">The keys (RFC 7517).</response>
    /// <response code="304">They are those of the ETag that was sent.</response>
    [HttpGet("jwks.json")]
    [AllowAnonymous]
    [ProducesResponseType<KeySetResponse>(StatusCodes.Status200OK, "application/jwk-set+json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public IActionResult KeySet() =>
        Publish(new KeySetResponse([.. keys.List().Select(PublicKeyResponse.Of)]), "application/jwk-set+json");

    /// <summary>What a resource server needs to know</summary>
    /// <response code="200">Issuer, address of the keys and algorithms.</response>
    /// <response code="304">It is as with the ETag that was sent.</response>
    [HttpGet("openid-configuration")]
    [AllowAnonymous]
    [ProducesResponseType<DiscoveryResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public IActionResult Configuration() =>
        Publish(
            // The address is that of the issuer, which resource servers know and trust; never that of the request, which
            // whoever sends it can choose.
            new DiscoveryResponse(
                keys.Issuer,
                keys.Issuer.TrimEnd('/') + KeySetPath,
                ["token"],
                ["public"],
                keys.ListAlgorithms()
            ),
            "application/json"
        );

    private FileContentResult Publish<T>(T document, string mediaType)
    {
        Response.GetTypedHeaders().CacheControl = new() { Public = true, MaxAge = keys.MaxAge };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document);
        var hash = Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 16));
        return File(bytes, mediaType, lastModified: null, new EntityTagHeaderValue($"\"{hash}\""));
    }
}
