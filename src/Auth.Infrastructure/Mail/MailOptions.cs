using Auth.Domain.Mail;

namespace Auth.Infrastructure.Mail;

/// <summary>How mail is sent.</summary>
public sealed record MailOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Mail";

    /// <summary>How mail leaves the service.</summary>
    public MailTransport Transport { get; init; } = MailTransport.None;

    /// <summary>The address of the sender.</summary>
    public string FromAddress { get; init; } = "";

    /// <summary>The name of the sender, which mails also use as the name of the service.</summary>
    public string FromName { get; init; } = "";

    /// <summary>The folder for <see cref="MailTransport.Folder"/>.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The server for <see cref="MailTransport.Smtp"/>.</summary>
    public SmtpOptions Smtp { get; init; } = new();

    /// <summary>The folder with templates that replace the built-in ones; null if there is none.</summary>
    public string? TemplateFolder { get; init; }

    /// <summary>The language of mails whose request accepts none that there are templates in.</summary>
    public string DefaultCulture { get; init; } = "en";

    /// <summary>The languages that there are templates in.</summary>
    public IReadOnlyList<string> Cultures { get; init; } = BuiltInCultures;

    /// <summary>The languages of the built-in templates.</summary>
    public static IReadOnlyList<string> BuiltInCultures { get; } = ["en", "de"];

    /// <summary>Where links in mails point.</summary>
    public MailLinks Links { get; init; } = new();

    /// <summary>Whether mail is sent at all.</summary>
    public bool IsEnabled => Transport != MailTransport.None;

    /// <inheritdoc/>
    public override string ToString() => nameof(MailOptions);
}

/// <summary>How mail leaves the service.</summary>
public enum MailTransport
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As files in a folder.</summary>
    Folder,

    /// <summary>Through a server.</summary>
    Smtp,
}

/// <summary>A server that accepts mail.</summary>
public sealed record SmtpOptions
{
    /// <summary>The name of the server.</summary>
    public string Host { get; init; } = "";

    /// <summary>The port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is encrypted.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>The user name; null to send without signing in.</summary>
    public string? UserName { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SmtpOptions);
}

/// <summary>How a connection to a mail server is encrypted.</summary>
public enum SmtpSecurity
{
    /// <summary>Encrypted with STARTTLS, or not used.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>Not encrypted.</summary>
    None,
}

/// <summary>The pages that links in mails open. The secret is appended as <c>#token=…</c>, which is not sent to servers.</summary>
public sealed record MailLinks
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Links";

    /// <summary>The page where users manage their account.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>The page that confirms an address.</summary>
    public string VerifyEmail { get; init; } = "";

    /// <summary>The page that sets a new password.</summary>
    public string ResetPassword { get; init; } = "";

    /// <summary>The page that confirms a new address.</summary>
    public string ChangeEmail { get; init; } = "";

    /// <summary>The page that restores an address.</summary>
    public string UndoEmailChange { get; init; } = "";

    /// <summary>The page that sets the first password of an invited user.</summary>
    public string AcceptInvitation { get; init; } = "";

    /// <summary>Whether a mail has a link with a secret.</summary>
    public static bool HasLink(MailTemplate template) =>
        template
            is MailTemplate.VerifyEmail
                or MailTemplate.ResetPassword
                or MailTemplate.ChangeEmail
                or MailTemplate.EmailChanged
                or MailTemplate.Invitation;

    /// <summary>Returns the link of a mail.</summary>
    /// <param name="template">The mail.</param>
    /// <param name="token">The secret; null for a mail without one, which links to the account.</param>
    public string Find(MailTemplate template, string? token)
    {
        if (token is null)
        {
            return BaseUrl;
        }

        var page = template switch
        {
            MailTemplate.VerifyEmail => VerifyEmail,
            MailTemplate.ResetPassword => ResetPassword,
            MailTemplate.ChangeEmail => ChangeEmail,
            MailTemplate.EmailChanged => UndoEmailChange,
            MailTemplate.Invitation => AcceptInvitation,
            _ => throw new ArgumentOutOfRangeException(nameof(template), template, "The mail has no link."),
        };
        return $"{page}#token={token}";
    }
}
