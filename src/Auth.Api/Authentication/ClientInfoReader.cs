using Auth.Api.Mail;
using Auth.Domain.Sessions;

namespace Auth.Api.Authentication;

/// <summary>Determines where a request came from.</summary>
internal static class ClientInfoReader
{
    /// <summary>The client, in a form that is safe to store and to show.</summary>
    public static ClientInfo ReadClientInfo(this HttpContext context) =>
        new(Address(context.Connection), UserAgent(context.Request))
        {
            Culture = context.RequestServices.GetRequiredService<MailCulture>().Choose(context.Request),
        };

    private static string? Address(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4().ToString()
            : connection.RemoteIpAddress?.ToString();

    private static string? UserAgent(HttpRequest request)
    {
        var text = string.Concat(request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c)));
        if (text.Length > ClientInfo.UserAgentMaxLength)
        {
            // Never between the halves of a surrogate pair: databases reject lone surrogates.
            var splits = char.IsHighSurrogate(text[ClientInfo.UserAgentMaxLength - 1]);
            text = text[..(ClientInfo.UserAgentMaxLength - (splits ? 1 : 0))];
        }

        return text.Length == 0 ? null : text;
    }
}
