using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace Auth.Api.Problems;

/// <summary>Parses the header <c>Authorization</c> (RFC 6750 §2.1).</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer";
    private const string Start = Scheme + " ";

    /// <summary>
    /// Reads the token after the scheme Bearer, in any case. Only spaces may separate them (RFC 9110 §11.4): ASP.NET Core
    /// accepts tabs as well.
    /// </summary>
    public static bool TryRead(StringValues header, [NotNullWhen(true)] out string? token)
    {
        token = null;
        if (
            header.Count != 1
            || header[0] is not { } text
            || !text.StartsWith(Start, StringComparison.OrdinalIgnoreCase)
        )
        {
            return false;
        }

        var rest = text.AsSpan(Start.Length).TrimStart(' ');
        if (rest.IsEmpty || rest.ContainsAny(' ', '\t', ','))
        {
            return false;
        }

        token = rest.ToString();
        return true;
    }

    /// <summary>Whether the header has the scheme Bearer, well-formed or not.</summary>
    public static bool IsAttempt(StringValues header) =>
        header.Any(value => value?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true);
}

/// <summary>The header <c>Authorization</c> is not the scheme Bearer and one token.</summary>
internal sealed class InvalidBearerHeaderException() : Exception("The Authorization header is malformed.");
