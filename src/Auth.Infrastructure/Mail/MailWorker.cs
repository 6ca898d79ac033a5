using System.Security.Cryptography;
using Auth.Infrastructure.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Mail;

/// <summary>Sends mails that are due: several at the same time, and on any number of instances.</summary>
internal sealed partial class MailWorker(
    MailQueue queue,
    MailSignal signal,
    MailSender sender,
    MailOptions options,
    ILogger<MailWorker> logger
) : BackgroundService
{
    /// <summary>How many mails an instance sends at the same time.</summary>
    public const int MaxParallel = 8;

    private const int BatchSize = 64;

    // Mails of other instances that were stopped; those of this instance wake it.
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromSeconds(5);

    // Shorter than the time that platforms give a process to stop.
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _slots = new(MaxParallel, MaxParallel);
    private readonly CancellationTokenSource _abort = new();
    private bool _isFailing;
    private int _failuresInARow;

    public override void Dispose()
    {
        _slots.Dispose();
        _abort.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.IsEnabled)
        {
            return;
        }

        try
        {
            var due = new Queue<DueMail>();
            while (true)
            {
                // A server that is away costs one attempt at a time, instead of one for each mail that waits: the others are
                // sent as soon as it is back, and not only after a delay of their own.
                if (Volatile.Read(ref _failuresInARow) >= MaxParallel)
                {
                    await signal.WaitAsync(s_pollInterval, stoppingToken);
                }

                if (due.Count == 0)
                {
                    due = await ListDueAsync(stoppingToken);
                }

                if (due.TryDequeue(out var mail))
                {
                    await _slots.WaitAsync(stoppingToken);
                    _ = SendAsync(mail);
                }
                else
                {
                    await signal.WaitAsync(s_pollInterval, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await FinishAsync();
        }
    }

    // Not in order: otherwise all instances would compete for the same mail.
    private async Task<Queue<DueMail>> ListDueAsync(CancellationToken stoppingToken)
    {
        try
        {
            var due = (await queue.ListDueAsync(BatchSize, stoppingToken)).ToArray();
            RandomNumberGenerator.Shuffle<DueMail>(due);
            if (_isFailing)
            {
                _isFailing = false;
                LogRecovered(logger);
            }

            return new(due);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                LogFailed(logger, DatabaseError.Describe(failure));
            }

            return [];
        }
    }

    private async Task SendAsync(DueMail mail)
    {
        try
        {
            var attempt = await sender.SendAsync(mail, _abort.Token);
            if (attempt == MailAttempt.Failed)
            {
                Interlocked.Increment(ref _failuresInARow);
            }
            else if (attempt == MailAttempt.Answered)
            {
                Volatile.Write(ref _failuresInARow, 0);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    // Mails that are being sent are finished. If that takes too long, their lease ends, and another attempt is made.
    private async Task FinishAsync()
    {
        _abort.CancelAfter(s_stopTimeout);
        for (var i = 0; i < MaxParallel; i++)
        {
            await _slots.WaitAsync(CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading mails that are due failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reading mails that are due works again")]
    private static partial void LogRecovered(ILogger logger);
}
