using Auth.Application.Mail;
using Auth.Domain.Mail;
using Auth.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Mail;

/// <summary>Makes one attempt to send a mail, and records the outcome.</summary>
internal sealed partial class MailSender(
    IServiceScopeFactory scopes,
    MailQueue queue,
    MailComposer composer,
    IMailTransport transport,
    MailMetrics metrics,
    TimeProvider clock,
    ILogger<MailSender> logger
)
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_maxAge = TimeSpan.FromHours(24);

    // Half of the lease: whatever happens, the attempt is over before another instance begins the next one.
    private static readonly TimeSpan s_timeout = MailQueue.Lease / 2;

    /// <summary>Sends a mail, unless another instance is doing so.</summary>
    /// <remarks>Never throws. If it cannot record the outcome, the lease ends and another attempt is made.</remarks>
    public async Task<MailAttempt> SendAsync(DueMail due, CancellationToken cancellationToken)
    {
        try
        {
            if (await queue.TryLeaseAsync(due, cancellationToken) is { } leased)
            {
                return await SendLeasedAsync(leased, cancellationToken);
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotRecorded(logger, due.Id, DatabaseError.Describe(failure));
        }
        catch (OperationCanceledException)
        {
            LogAborted(logger, due.Id);
        }

        return MailAttempt.NotMade;
    }

    /// <summary>How long to wait after a failed attempt.</summary>
    /// <param name="attempts">How many attempts have failed.</param>
    public static TimeSpan DelayAfter(int attempts) =>
        attempts > 12
            ? s_maxDelay
            : TimeSpan.FromTicks(Math.Min(s_firstDelay.Ticks << (attempts - 1), s_maxDelay.Ticks));

    private async Task<MailAttempt> SendLeasedAsync(DueMail mail, CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = new CancellationTokenSource(s_timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            if (await PrepareAsync(mail, either.Token) is not { } content)
            {
                return MailAttempt.NotMade;
            }

            await transport.SendAsync(composer.Compose(mail.Id, content), either.Token);
        }
        catch (MailRejectedException failure)
        {
            await queue.GiveUpAsync(mail, MailFailure.Rejected, cancellationToken);
            metrics.Count(mail.Template, "rejected");
            LogRejected(logger, mail.Id, failure.Message);
            return MailAttempt.Answered;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await RetryLaterAsync(mail, failure, cancellationToken);
            return MailAttempt.Failed;
        }

        // Even during a shutdown: it would be sent again.
        await queue.MarkSentAsync(mail, CancellationToken.None);
        metrics.Count(mail.Template, "sent");
        LogSent(logger, mail.Id, mail.Template, mail.Attempts);
        return MailAttempt.Answered;
    }

    private async Task<MailContent?> PrepareAsync(DueMail mail, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var prepared = await scope
            .ServiceProvider.GetRequiredService<IMediator>()
            .Send(new PrepareMailCommand(mail.Id), cancellationToken);
        return prepared.IsFailure
            ? throw new InvalidOperationException($"The mail could not be prepared: {prepared.Error.Code}.")
            : prepared.Value.Content;
    }

    private async Task RetryLaterAsync(DueMail mail, Exception failure, CancellationToken cancellationToken)
    {
        var reason = Describe(failure);
        var next = clock.GetUtcNow() + DelayAfter(mail.Attempts);
        if (next > mail.CreatedAt + s_maxAge)
        {
            await queue.GiveUpAsync(mail, MailFailure.Expired, cancellationToken);
            metrics.Count(mail.Template, "expired");
            LogGivenUp(logger, mail.Id, mail.Attempts, reason);
        }
        else
        {
            await queue.PostponeAsync(mail, next, cancellationToken);
            metrics.Count(mail.Template, "retried");
            LogPostponed(logger, mail.Id, mail.Attempts, next, reason);
        }
    }

    // Only texts that we know to contain no address.
    private static string Describe(Exception failure) =>
        failure is MailTransportException or MailTemplateException ? failure.Message
        : DatabaseError.From(failure) is not null ? DatabaseError.Describe(failure)
        : failure is OperationCanceledException ? "timed out"
        : failure.GetType().Name;

    [LoggerMessage(Level = LogLevel.Information, Message = "Sent mail {MailId} ({Template}), attempt {Attempt}")]
    private static partial void LogSent(ILogger logger, Guid mailId, MailTemplate template, int attempt);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Mail {MailId} could not be sent, attempt {Attempt}; the next one is at {NextAttemptAt:u}: {Reason}"
    )]
    private static partial void LogPostponed(
        ILogger logger,
        Guid mailId,
        int attempt,
        DateTimeOffset nextAttemptAt,
        string reason
    );

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} was given up after {Attempts} attempts: {Reason}")]
    private static partial void LogGivenUp(ILogger logger, Guid mailId, int attempts, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {MailId} was rejected for its recipient: {Reason}")]
    private static partial void LogRejected(ILogger logger, Guid mailId, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The state of mail {MailId} could not be recorded; it may be sent twice: {Reason}"
    )]
    private static partial void LogNotRecorded(ILogger logger, Guid mailId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending mail {MailId} was aborted by the shutdown")]
    private static partial void LogAborted(ILogger logger, Guid mailId);
}

/// <summary>What an attempt to send a mail shows about the server.</summary>
internal enum MailAttempt
{
    /// <summary>Nothing: the mail was not offered to it.</summary>
    NotMade,

    /// <summary>It did not take the mail, which another attempt may change.</summary>
    Failed,

    /// <summary>It took the mail, or rejected its recipient.</summary>
    Answered,
}
