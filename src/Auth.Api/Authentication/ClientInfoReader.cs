using Auth.Domain.Sessions;

namespace Auth.Api.Authentication;

/// <summary>Finds out where a request came from.</summary>
internal static class ClientInfoReader
{
    /// <summary>The client, in a form that is safe to store and to show.</summary>
    public static ClientInfo ReadClientInfo(this HttpContext context) =>
        new(Address(context.Connection), UserAgent(context.Request));

    private static string? Address(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4().ToString()
            : connection.RemoteIpAddress?.ToString();

    private static string? UserAgent(HttpRequest request)
    {
        var text = string.Concat(request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c)));
        if (text.Length > ClientInfo.UserAgentMaxLength)
        {
            // Not between the halves of a surrogate pair, which databases refuse.
            var splits = char.IsHighSurrogate(text[ClientInfo.UserAgentMaxLength - 1]);
            text = text[..(ClientInfo.UserAgentMaxLength - (splits ? 1 : 0))];
        }

        return text.Length == 0 ? null : text;
    }
}
