using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace Auth.Api.Authorization;

/// <summary>Reads the header <c>Authorization</c> (RFC 6750 §2.1).</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer";
    private const string UsualStart = Scheme + " ";

    // The alphabet of a JWT in compact form (RFC 7515 §7.1).
    private static readonly SearchValues<char> s_usual = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    /// <summary>Finds the token, if the header is the word Bearer, in any case, and one token.</summary>
    public static bool TryRead(StringValues header, [NotNullWhen(true)] out string? token)
    {
        // Nearly every header is this one, and the framework's reader looks at each character by itself.
        if (
            header.Count == 1
            && header[0] is { } text
            && text.Length > UsualStart.Length
            && text.StartsWith(UsualStart, StringComparison.Ordinal)
            && !text.AsSpan(UsualStart.Length).ContainsAnyExcept(s_usual)
        )
        {
            token = text[UsualStart.Length..];
            return true;
        }

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
