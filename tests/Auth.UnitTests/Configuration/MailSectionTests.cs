using Auth.Api.Configuration;
using Auth.Infrastructure.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Auth.UnitTests.Configuration;

public sealed class MailSectionTests
{
    private static readonly Dictionary<string, string?> s_smtp = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Security:MasterKey"] = "q0Zb1m0pS8f4QmWbq4sK2l7bYcU7dX0e9vT3nR5hJ6w=",
        ["Jwt:Issuer"] = "https://auth.example.com",
        ["Jwt:Audience"] = "api",
        ["Mail:Transport"] = "Smtp",
        ["Mail:From"] = "Example <noreply@example.com>",
        ["Mail:Smtp:Host"] = "smtp.example.com",
    };

    [Fact]
    public void In_Development_mail_is_written_into_a_folder()
    {
        var (mail, problems) = Read([], Environments.Development);
        problems.ShouldBeEmpty();
        mail.Transport.ShouldBe(MailTransport.Folder);
        mail.Folder.ShouldBe("/app/data/mail");
        mail.DefaultCulture.ShouldBe("en");
        mail.Links.BaseUrl.ShouldBe("http://localhost:5000/account");
    }

    [Fact]
    public void Otherwise_it_is_switched_off()
    {
        var (mail, problems) = Read(
            new()
            {
                ["Mail:Transport"] = null,
                ["Mail:From"] = null,
                ["Mail:Smtp:Host"] = null,
            }
        );
        problems.ShouldBeEmpty();
        mail.IsEnabled.ShouldBeFalse();
    }

    [Fact]
    public void A_server_needs_little_more_than_a_name()
    {
        var (mail, problems) = Read([]);
        problems.ShouldBeEmpty();
        mail.FromAddress.ShouldBe("noreply@example.com");
        mail.FromName.ShouldBe("Example");
        mail.Smtp.Port.ShouldBe(587);
        mail.Smtp.Security.ShouldBe(SmtpSecurity.StartTls);
        mail.Links.VerifyEmail.ShouldBe("https://auth.example.com/account/verify-email");
        mail.Links.UndoEmailChange.ShouldBe("https://auth.example.com/account/undo-email-change");
    }

    [Theory]
    [InlineData("Tls", 465)]
    [InlineData("None", 25)]
    public void The_port_follows_from_the_encryption(string security, int port) =>
        Read(new() { ["Mail:Smtp:Security"] = security }).Mail.Smtp.Port.ShouldBe(port);

    [Fact]
    public void Pages_may_be_elsewhere_one_by_one()
    {
        var (mail, problems) = Read(
            new()
            {
                ["Links:BaseUrl"] = "https://app.example.com/me/",
                ["Links:ResetPassword"] = "https://app.example.com/reset?from=mail",
            }
        );
        problems.ShouldBeEmpty();
        mail.Links.VerifyEmail.ShouldBe("https://app.example.com/me/verify-email");
        mail.Links.ResetPassword.ShouldBe("https://app.example.com/reset?from=mail");
    }

    [Fact]
    public void Without_a_name_of_the_sender_the_service_is_called_by_its_domain() =>
        Read(new() { ["Mail:From"] = "noreply@example.com" }).Mail.FromName.ShouldBe("example.com");

    [Theory]
    [InlineData(
        "Mail:Transport",
        "Pigeon",
        "Mail:Transport: 'Pigeon' is not supported; use one of None, Folder, Smtp."
    )]
    [InlineData("Mail:From", null, "Mail:From: a value is required")]
    [InlineData("Mail:From", "nobody", "Mail:From: 'nobody' is not a sender")]
    [InlineData("Mail:Smtp:Host", null, "Mail:Smtp:Host: a value is required")]
    [InlineData("Mail:Smtp:Port", "0", "Mail:Smtp:Port: '0' is not a whole number from 1 to 65535.")]
    [InlineData("Mail:Smtp:UserName", "auth", "Mail:Smtp:Password: user name and password belong together")]
    [InlineData("Mail:Smtp:Password", "s3ntinel", "Mail:Smtp:UserName: user name and password belong together")]
    [InlineData("Mail:DefaultCulture", "fr", "Mail:DefaultCulture: 'fr' is not supported; use one of en, de.")]
    [InlineData("Mail:Templates", "/nowhere", "Mail:Templates: the folder /nowhere does not exist.")]
    [InlineData("Links:BaseUrl", "account", "Links:BaseUrl: 'account' is not an http or https URL")]
    [InlineData("Links:BaseUrl", "https://app.example.com/#x", "Links:BaseUrl: 'https://app.example.com/#x' is not")]
    [InlineData("Links:VerifyEmail", "http://app.example.com/", "Links:VerifyEmail: the page receives secrets")]
    public void What_is_wrong_is_said_in_one_line(string key, string? value, string problem) =>
        Read(new() { [key] = value }).Problems.ShouldHaveSingleItem().ShouldStartWith(problem);

    [Fact]
    public void A_password_is_not_sent_unencrypted()
    {
        Dictionary<string, string?> plain = new()
        {
            ["Mail:Smtp:Security"] = "None",
            ["Mail:Smtp:UserName"] = "auth",
            ["Mail:Smtp:Password"] = "s3ntinel",
        };
        var problem = Read(plain).Problems.ShouldHaveSingleItem();
        problem.ShouldStartWith("Mail:Smtp:Security: ");
        problem.ShouldNotContain("s3ntinel");

        plain["Mail:Smtp:Host"] = "127.0.0.1";
        Read(plain).Problems.ShouldBeEmpty();
    }

    private static (MailOptions Mail, IReadOnlyList<string> Problems) Read(
        Dictionary<string, string?> changes,
        string? environment = null
    )
    {
        environment ??= Environments.Production;
        var isProduction = environment == Environments.Production;
        var reader = new SettingsReader(
            new ConfigurationBuilder()
                .AddInMemoryCollection(isProduction ? s_smtp : [])
                .AddInMemoryCollection(changes)
                .Build(),
            new TestEnvironment { EnvironmentName = environment }
        );
        return (reader.Read().Mail, reader.Problems);
    }
}
