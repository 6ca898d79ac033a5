using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Auth.Api.Mvc;
using Auth.Application.Abstractions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Discovery;

/// <summary>Publishes what services need to verify access tokens.</summary>
[ApiController]
[Route(".well-known")]
[Tags("Discovery")]
[EnableCors(CorsPolicies.Public)]
public sealed class DiscoveryController(IPublishedKeys keys, IRevocationFeed feed) : ControllerBase
{
    private const string KeySetPath = "/.well-known/jwks.json";

    private static readonly string[] s_secretMethods = ["client_secret_basic", "client_secret_post"];

    /// <summary>Returns the public keys</summary>
    /// <remarks>
    /// The current and the next key, and retired keys whose tokens may still be valid; none if tokens are signed with a shared
    /// secret. Fetch them at least once a day: a key is published for the announcement period, two days by default, before it
    /// signs.
    /// </remarks>
    /// <response code="200">The keys (RFC 7517).</response>
    /// <response code="304">The keys have not changed since the ETag that was sent.</response>
    [HttpGet("jwks.json")]
    [AllowAnonymous]
    [ProducesResponseType<KeySetResponse>(StatusCodes.Status200OK, "application/jwk-set+json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public IActionResult KeySet() =>
        Publish(new KeySetResponse([.. keys.List().Select(PublicKeyResponse.From)]), "application/jwk-set+json");

    /// <summary>Returns the metadata that resource servers need</summary>
    /// <response code="200">The issuer, the address of the key set and the algorithms.</response>
    /// <response code="304">The metadata has not changed since the ETag that was sent.</response>
    [HttpGet("openid-configuration")]
    [AllowAnonymous]
    [ProducesResponseType<DiscoveryResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public IActionResult Configuration() =>
        Publish(
            // Built from the issuer, which resource servers know and trust, never from the request, whose host the client
            // chooses.
            new DiscoveryResponse(
                keys.Issuer,
                Address(KeySetPath),
                Address("/oauth/token"),
                Address("/oauth/introspect"),
                Address("/oauth/revoke"),
                ["client_credentials"],
                s_secretMethods,
                s_secretMethods,
                ["none"],
                feed.IsAvailable ? Address(RevocationsController.Path) : null,
                ["token"],
                ["public"],
                keys.ListAlgorithms()
            ),
            "application/json"
        );

    private string Address(string path) => keys.Issuer.TrimEnd('/') + path;

    private FileContentResult Publish<T>(T document, string mediaType)
    {
        Response.GetTypedHeaders().CacheControl = new() { Public = true, MaxAge = keys.MaxAge };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document);
        var hash = Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 16));
        return File(bytes, mediaType, lastModified: null, new EntityTagHeaderValue($"\"{hash}\""));
    }
}
