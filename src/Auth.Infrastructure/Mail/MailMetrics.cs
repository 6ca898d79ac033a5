using System.Diagnostics.Metrics;
using Auth.Domain.Mail;

namespace Auth.Infrastructure.Mail;

/// <summary>Counts attempts to send mail.</summary>
internal sealed class MailMetrics(Meter meter)
{
    private readonly Counter<long> _attempts = meter.CreateCounter<long>(
        "auth.mail.attempts",
        "{attempt}",
        "Attempts to send a mail, by template and outcome: sent, retried, expired or rejected."
    );

    /// <summary>Counts an attempt.</summary>
    public void Count(MailTemplate template, string outcome) =>
        _attempts.Add(1, new("auth.mail.template", MailTemplates.NameOf(template)), new("auth.mail.outcome", outcome));
}
