using System.Net;
using System.Text;
using Auth.Application.OAuth;

namespace Auth.Api.OAuth;

/// <summary>Reads what a client authenticates with: the header or the body, and never both (RFC 6749 §2.3).</summary>
internal static class ClientCredentialsReader
{
    private const string Start = "Basic ";

    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads the credentials of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="clientId">The parameter of the body.</param>
    /// <param name="clientSecret">The parameter of the body.</param>
    /// <returns>Null if the client uses two methods at once.</returns>
    public static ClientCredentials? Read(HttpRequest request, string? clientId, string? clientSecret)
    {
        if (request.Headers.Authorization.Count == 0)
        {
            return new(clientId, clientSecret);
        }

        var credentials = ReadHeader(request.Headers.Authorization.ToString());
        var repeatsIdOnly = clientSecret is null && (clientId is null || clientId == credentials.ClientId);
        return repeatsIdOnly ? credentials : null;
    }

    // Another scheme, or anything malformed, is a client that cannot be authenticated.
    private static ClientCredentials ReadHeader(string header)
    {
        var nothing = new ClientCredentials(ClientId: null, ClientSecret: null);
        if (!header.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            return nothing;
        }

        try
        {
            var pair = s_utf8.GetString(Convert.FromBase64String(header[Start.Length..].Trim(' '))).Split(':', 2);

            // Both are form-encoded before they are joined (§2.3.1).
            return pair is [var id, var secret] ? new(WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret)) : nothing;
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            return nothing;
        }
    }
}
