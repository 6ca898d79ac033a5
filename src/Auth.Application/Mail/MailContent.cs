using Auth.Application.Abstractions;
using Auth.Domain.Mail;
using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>All that a mail says, before it is put into words.</summary>
/// <param name="Template">What it says.</param>
/// <param name="Culture">The language.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="PreparedAt">When this was decided.</param>
public sealed record MailContent(MailTemplate Template, string Culture, EmailAddress Address, DateTimeOffset PreparedAt)
    : SecretRecord
{
    /// <summary>The name to address the user by. Only where the address is proven: a stranger may have chosen it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The secret of the link.</summary>
    public string? LinkToken { get; init; }

    /// <summary>How long the link is valid.</summary>
    public TimeSpan? LinkLifetime { get; init; }

    /// <summary>The code.</summary>
    public string? Code { get; init; }

    /// <summary>How long the code is valid.</summary>
    public TimeSpan? CodeLifetime { get; init; }

    /// <summary>The circumstances.</summary>
    public MailFacts? Facts { get; init; }
}
