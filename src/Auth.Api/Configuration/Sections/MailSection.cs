using System.Net;
using System.Net.Mail;
using Auth.Infrastructure.Mail;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads how mail is sent.</summary>
internal static class MailSection
{
    private const string TransportKey = $"{MailOptions.Section}:Transport";
    private const string FromKey = $"{MailOptions.Section}:From";
    private const string FolderKey = $"{MailOptions.Section}:Folder";
    private const string TemplatesKey = $"{MailOptions.Section}:Templates";
    private const string CultureKey = $"{MailOptions.Section}:DefaultCulture";
    private const string HostKey = $"{MailOptions.Section}:Smtp:Host";
    private const string SecurityKey = $"{MailOptions.Section}:Smtp:Security";
    private const string UserNameKey = $"{MailOptions.Section}:Smtp:UserName";
    private const string PasswordKey = $"{MailOptions.Section}:Smtp:Password";
    private const string DefaultFolder = "data/mail";

    /// <summary>Reads the sections <c>Mail</c> and <c>Links</c>.</summary>
    public static MailOptions Read(SettingValues values, string contentRoot, string issuer)
    {
        var transport = values.Choice(TransportKey, values.IsDevelopment ? MailTransport.Folder : MailTransport.None);
        var from = ReadSender(values, transport);
        var folder = values.Text(TemplatesKey);
        var options = new MailOptions
        {
            Transport = transport,
            FromAddress = from.Address,
            FromName = from.DisplayName.Length > 0 ? from.DisplayName : from.Host,
            Folder = Path.GetFullPath(values.Text(FolderKey) ?? DefaultFolder, contentRoot),
            Smtp = ReadServer(values, transport),
            TemplateFolder = folder is null ? null : Path.GetFullPath(folder, contentRoot),
            Links = LinkSection.Read(values, issuer),
        };
        return WithTemplates(values, options);
    }

    private static MailOptions WithTemplates(SettingValues values, MailOptions options)
    {
        if (options.TemplateFolder is not null)
        {
            var (cultures, problems) = MailTemplateFolder.Check(options);
            options = options with { Cultures = cultures };
            foreach (var problem in problems)
            {
                values.AddError(TemplatesKey, problem);
            }
        }

        return options with
        {
            DefaultCulture = values.Choice(CultureKey, "en", options.Cultures),
        };
    }

    private static MailAddress ReadSender(SettingValues values, MailTransport transport)
    {
        const string Example = "Example <noreply@example.com>";
        var text = values.Text(FromKey);
        if (text is not null && MailAddress.TryCreate(text, out var sender))
        {
            return sender;
        }

        if (text is not null)
        {
            values.AddError(FromKey, $"'{text}' is not a sender, for example {Example}");
        }
        else if (transport != MailTransport.None && !values.IsDevelopment)
        {
            values.AddError(FromKey, $"a value is required, for example {Example}");
        }

        return new MailAddress("noreply@localhost", "Auth");
    }

    private static SmtpOptions ReadServer(SettingValues values, MailTransport transport)
    {
        var host = values.Text(HostKey);
        var security = values.Choice(SecurityKey, SmtpSecurity.StartTls);
        var userName = values.Text(UserNameKey);
        var password = values.Secret(PasswordKey);
        if (transport == MailTransport.Smtp && host is null)
        {
            values.AddError(HostKey, "a value is required, for example smtp.example.com");
        }
        else if (transport != MailTransport.Smtp && host is not null)
        {
            values.Warn(
                HostKey,
                $"has no effect while {TransportKey} is {transport}; set it to Smtp to use the server."
            );
        }

        if (userName is null != password is null)
        {
            values.AddError(
                userName is null ? UserNameKey : PasswordKey,
                "user name and password belong together; set both or neither."
            );
        }

        if (security == SmtpSecurity.None && host is not null && !IsThisMachine(host))
        {
            const string Plain = "mails, which contain links that sign in, would cross the network unencrypted";
            if (password is not null)
            {
                values.AddError(SecurityKey, $"{Plain}, and so would the password; use StartTls or Tls.");
            }
            else
            {
                values.WarnOutsideDevelopment(SecurityKey, $"{Plain}; use StartTls or Tls.");
            }
        }

        return new()
        {
            Host = host ?? "",
            Port = values.Number($"{MailOptions.Section}:Smtp:Port", DefaultPort(security), 1, ushort.MaxValue),
            Security = security,
            UserName = userName,
            Password = password,
        };
    }

    private static int DefaultPort(SmtpSecurity security) =>
        security switch
        {
            SmtpSecurity.Tls => 465,
            SmtpSecurity.None => 25,
            _ => 587,
        };

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
