using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Diagnostics;

namespace Auth.Infrastructure.Mail;

/// <summary>Checks that mail can be sent.</summary>
internal sealed class MailDiagnostics(
    MailOptions options,
    MailComposer composer,
    MailMonitor monitor,
    IMailTransport transport,
    TimeProvider clock
)
{
    private const string Subject = "Mail";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    /// <summary>Connects to the server, and optionally sends a mail.</summary>
    /// <param name="receiver">The address for a test mail; null to send none.</param>
    /// <param name="cancellationToken">Cancels the checks.</param>
    public async Task<IReadOnlyList<DiagnosticResult>> RunAsync(string? receiver, CancellationToken cancellationToken)
    {
        if (!options.IsEnabled)
        {
            return
            [
                receiver is null
                    ? DiagnosticResult.Ok(Subject, "switched off")
                    : DiagnosticResult.Problem(Subject, "switched off, nothing was sent.", "Set Mail:Transport."),
            ];
        }

        var findings = new List<DiagnosticResult> { await CheckTransportAsync(cancellationToken) };
        if (receiver is not null && findings[0].Level == DiagnosticLevel.Ok)
        {
            findings.Add(await SendAsync(receiver, cancellationToken));
        }

        if (await CheckOutboxAsync(cancellationToken) is { } outbox)
        {
            findings.Add(outbox);
        }

        return findings;
    }

    private async Task<DiagnosticResult> CheckTransportAsync(CancellationToken cancellationToken)
    {
        if (options.Transport == MailTransport.Folder)
        {
            return DiagnosticResult.Ok(Subject, $"written to {options.Folder}");
        }

        var server = $"{options.Smtp.Host}:{options.Smtp.Port}";
        return await TryAsync(
            async stopped =>
            {
                using var client = await SmtpConnection.OpenAsync(options.Smtp, stopped);
                var encryption = client.IsSecure ? $"encrypted ({client.SslProtocol})" : "not encrypted";
                var signedIn = client.IsAuthenticated ? "signed in" : "not signed in";
                await client.DisconnectAsync(quit: true, stopped);
                return $"{server}: answers, {encryption}, {signedIn}";
            },
            "Check Mail:Smtp:Host, Port, Security, UserName and Password, and the firewall.",
            cancellationToken
        );
    }

    private Task<DiagnosticResult> SendAsync(string receiver, CancellationToken cancellationToken) =>
        TryAsync(
            async stopped =>
            {
                await transport.SendAsync(composer.ComposeTest(receiver, clock.GetUtcNow()), stopped);
                return "the test mail was accepted";
            },
            "Check that the server may send from Mail:From, and to this address.",
            cancellationToken
        );

    private async Task<DiagnosticResult> TryAsync(
        Func<CancellationToken, Task<string>> check,
        string remedy,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(s_timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return DiagnosticResult.Ok(Subject, await check(either.Token));
        }
        catch (MailTransportException failure)
        {
            return DiagnosticResult.Problem(Subject, failure.Message + ".", remedy);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return DiagnosticResult.Problem(Subject, failure.Message, remedy);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DiagnosticResult.Problem(Subject, "the server does not answer in time.", remedy);
        }
    }

    /// <returns>Null if there is nothing to report, or the outbox cannot be read, which other checks report.</returns>
    private async Task<DiagnosticResult?> CheckOutboxAsync(CancellationToken cancellationToken)
    {
        try
        {
            var counts = await monitor.CountAsync(cancellationToken);
            return counts.IsDegraded(clock.GetUtcNow())
                ? DiagnosticResult.Warning(
                    Subject,
                    $"{counts.Waiting} mails are waiting, and {counts.Expired} were given up in the last 24 hours.",
                    "The log names the reason of each attempt."
                )
                : null;
        }
        catch (Exception failure) when (DatabaseError.From(failure) is not null)
        {
            return null;
        }
    }
}
