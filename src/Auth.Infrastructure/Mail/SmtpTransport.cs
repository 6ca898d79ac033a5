using System.Collections.Concurrent;
using System.Text;
using MailKit.Net.Smtp;
using MimeKit;

namespace Auth.Infrastructure.Mail;

/// <summary>Sends mails through a server, over connections that are kept for the next ones.</summary>
internal sealed class SmtpTransport : IMailTransport, IAsyncDisposable
{
    // Servers close connections that are idle for some minutes.
    private static readonly TimeSpan s_maxIdle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_trusted = TimeSpan.FromSeconds(2);

    private readonly SmtpOptions _options;
    private readonly TimeProvider _clock;
    private readonly ConcurrentStack<IdleConnection> _idle = new();
    private readonly ITimer _cleanup;

    public SmtpTransport(MailOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options.Smtp, clock);
        _cleanup = clock.CreateTimer(_ => _ = CloseIdleAsync(s_maxIdle), state: null, s_maxIdle, s_maxIdle);
    }

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var client = await TakeAsync(cancellationToken);
        try
        {
            await client.SendAsync(FormatFor(message, client), message, cancellationToken);
        }
        catch (Exception failure)
        {
            // After a refusal the connection is as good as before; after anything else its state is not known.
            if (failure is SmtpCommandException && client.IsConnected)
            {
                Keep(client);
            }
            else
            {
                client.Dispose();
            }

            throw SmtpConnection.Describe(failure, _options) ?? failure;
        }

        Keep(client);
    }

    public async ValueTask DisposeAsync()
    {
        await _cleanup.DisposeAsync();
        await CloseIdleAsync(TimeSpan.Zero);
    }

    private static FormatOptions FormatFor(MimeMessage message, SmtpClient client)
    {
        var format = FormatOptions.Default.Clone();
        if (message.To.Mailboxes.Any(mailbox => !Ascii.IsValid(mailbox.LocalPart)))
        {
            // Only domains have an ASCII form.
            format.International = client.Capabilities.HasFlag(SmtpCapabilities.UTF8)
                ? true
                : throw new MailRejectedException(
                    "the server does not support addresses with non-ASCII characters",
                    new NotSupportedException("SMTPUTF8")
                );
        }

        return format;
    }

    private async Task<SmtpClient> TakeAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryPop(out var idle))
        {
            if (await IsUsableAsync(idle, cancellationToken))
            {
                return idle.Client;
            }

            idle.Client.Dispose();
        }

        return await SmtpConnection.OpenAsync(_options, cancellationToken);
    }

    // Asked before a mail depends on it: whether one that was lost on the way had been accepted, nobody could tell.
    private async Task<bool> IsUsableAsync(IdleConnection idle, CancellationToken cancellationToken)
    {
        var age = _clock.GetElapsedTime(idle.Since);
        if (age > s_maxIdle || !idle.Client.IsConnected)
        {
            return false;
        }

        try
        {
            if (age > s_trusted)
            {
                await idle.Client.NoOpAsync(cancellationToken);
            }

            return true;
        }
        catch (Exception failure) when (SmtpConnection.Describe(failure, _options) is not null)
        {
            return false;
        }
    }

    private void Keep(SmtpClient client) => _idle.Push(new(client, _clock.GetTimestamp()));

    private async Task CloseIdleAsync(TimeSpan maxAge)
    {
        var kept = new List<IdleConnection>();
        while (_idle.TryPop(out var idle))
        {
            if (maxAge > TimeSpan.Zero && _clock.GetElapsedTime(idle.Since) <= maxAge)
            {
                kept.Add(idle);
                continue;
            }

            try
            {
                await idle.Client.DisconnectAsync(quit: true, CancellationToken.None);
            }
            catch (Exception failure) when (SmtpConnection.Describe(failure, _options) is not null)
            {
                // The server has closed it already.
            }
            finally
            {
                idle.Client.Dispose();
            }
        }

        kept.Reverse();
        kept.ForEach(_idle.Push);
    }

    private sealed record IdleConnection(SmtpClient Client, long Since);
}
