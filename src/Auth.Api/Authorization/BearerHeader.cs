using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace Auth.Api.Authorization;

/// <summary>Reads the header <c>Authorization</c> (RFC 6750 §2.1).</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer";

    /// <summary>Finds the token, if the header is the word Bearer, in any case, and one token.</summary>
    public static bool TryRead(StringValues header, [NotNullWhen(true)] out string? token)
    {
        token =
            header.Count == 1
            && AuthenticationHeaderValue.TryParse(header[0], out var value)
            && value.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
                ? value.Parameter
                : null;
        return !string.IsNullOrEmpty(token) && !token.AsSpan().ContainsAny(' ', '\t', ',');
    }

    /// <summary>Whether the header tries to send a token, well or badly.</summary>
    public static bool IsAttempt(StringValues header) =>
        header.Any(value => value?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true);
}

/// <summary>The header <c>Authorization</c> is not the word Bearer and one token.</summary>
internal sealed class InvalidBearerHeaderException() : Exception("The header Authorization has another form.");
