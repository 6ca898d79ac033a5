using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Auth.Infrastructure.Mail;

/// <summary>Opens connections to the mail server, and describes what goes wrong without repeating what the server said.</summary>
internal static class SmtpConnection
{
    /// <summary>Connects, encrypts and signs in as configured.</summary>
    /// <exception cref="MailTransportException">The server cannot be used.</exception>
    public static async Task<SmtpClient> OpenAsync(SmtpOptions options, CancellationToken cancellationToken)
    {
        // Like HttpClient: where lists of revoked certificates cannot be downloaded, every connection would fail.
        var client = new SmtpClient { CheckCertificateRevocation = false };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, Encryption(options.Security), cancellationToken);
            if (options.UserName is not null)
            {
                await client.AuthenticateAsync(options.UserName, options.Password ?? "", cancellationToken);
            }

            return client;
        }
        catch (Exception failure)
        {
            client.Dispose();
            throw Describe(failure, options) ?? failure;
        }
    }

    /// <summary>Turns an exception of the library into one that can be logged.</summary>
    /// <returns>Null if the exception is not the library's.</returns>
    public static MailTransportException? Describe(Exception failure, SmtpOptions options) =>
        failure switch
        {
            SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: var status }
                when (int)status >= 500 => new MailRejectedException($"the server answered {(int)status}", failure),
            SmtpCommandException command => new MailTransportException(
                $"the server answered {(int)command.StatusCode} ({command.ErrorCode})",
                failure
            ),
            AuthenticationException => new MailTransportException(
                "the server rejected the user name or password",
                failure
            ),
            SslHandshakeException => new MailTransportException(
                "the connection could not be encrypted: TLS handshake failed",
                failure
            ),
            NotSupportedException when options.Security == SmtpSecurity.StartTls => new MailTransportException(
                "the server does not support what is required: STARTTLS, or signing in",
                failure
            ),
            NotSupportedException => new MailTransportException("the server does not support signing in", failure),
            SocketException socket => new MailTransportException(
                $"no connection to {options.Host}:{options.Port} ({socket.SocketErrorCode})",
                failure
            ),
            IOException or ProtocolException or ServiceNotConnectedException => new MailTransportException(
                "the connection to the server was lost",
                failure
            ),
            _ => null,
        };

    private static SecureSocketOptions Encryption(SmtpSecurity security) =>
        security switch
        {
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.None => SecureSocketOptions.None,
            _ => throw new ArgumentOutOfRangeException(nameof(security), security, message: null),
        };
}
