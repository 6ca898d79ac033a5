using System.Text;
using Auth.Api.Configuration.Sections;
using Auth.Domain.Sessions;
using Auth.Infrastructure.Mail;
using Auth.Infrastructure.Security;

namespace Auth.Api.Configuration;

/// <summary>Reads all settings and reports all errors at once.</summary>
internal sealed class SettingsReader(IConfiguration configuration, IHostEnvironment environment)
{
    private readonly SettingValues _values = new(configuration, environment.IsDevelopment());

    /// <summary>The errors, which prevent startup.</summary>
    public IReadOnlyList<string> Problems => _values.Problems;

    /// <summary>The warnings about settings that are allowed but unwise.</summary>
    public IReadOnlyList<string> Warnings => _values.Warnings;

    /// <summary>The keys of the secrets that are set.</summary>
    public IReadOnlyList<string> Secrets => _values.Secrets;

    /// <summary>Reads the settings; the result is valid only if there are no problems.</summary>
    public AuthSettings Read()
    {
        JwtOptions jwt;
        MailOptions mail;
        var settings = new AuthSettings
        {
            Database = DatabaseSection.Read(_values, environment.ContentRootPath),
            MasterKeys = MasterKeySection.Read(_values),
            Jwt = jwt = JwtSection.Read(_values),
            Keys = KeySection.Read(_values),
            Sessions = SessionSection.Read(_values),
            StepUp = StepUpSection.Read(_values),
            Passkeys = PasskeySection.Read(_values, jwt),
            Revocation = RevocationSection.Read(_values),
            Audit = AuditSection.Read(_values),
            Passwords = PasswordSection.Read(_values),
            Mail = mail = MailSection.Read(_values, environment.ContentRootPath, jwt.Issuer),
            Registration = RegistrationSection.Read(_values, mail.IsEnabled),
            Bootstrap = BootstrapSection.Read(_values),
            Lockout = LockoutSection.Read(_values),
            RateLimiting = RateLimitingSection.Read(_values),
            Limits = LimitSection.Read(_values),
            Cookies = BrowserSections.ReadCookies(_values),
            Cors = BrowserSections.ReadCors(_values),
            ForwardedHeaders = ForwardedHeadersSection.Read(_values),
            Hosting = HostingSection.Read(_values),
            Shutdown = ShutdownSection.Read(_values),
            Swagger = BrowserSections.ReadSwagger(_values),
            Ui = BrowserSections.ReadUi(_values),
        };
        CheckLifetimes(settings.Jwt.AccessTokenLifetime, settings.Sessions);
        _values.AddUnknownSettings();
        CheckUnicode();
        return settings with { Warnings = _values.Warnings };
    }

    // In invariant globalization mode text is silently not normalized: one address would become different accounts.
    private void CheckUnicode()
    {
        if ("\uFB01".Normalize(NormalizationForm.FormKC) != "fi")
        {
            _values.AddError(
                "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
                "e-mail addresses cannot be compared without Unicode data. Remove the setting (Alpine and"
                    + " chiseled images: set it to false), and install ICU: libicu, or icu-libs and icu-data-full on Alpine."
            );
        }
    }

    private void CheckLifetimes(TimeSpan access, SessionPolicy sessions)
    {
        const string AccessKey = $"{JwtOptions.Section}:AccessTokenLifetime";
        var refresh =
            sessions.RefreshTokenLifetime < sessions.AbsoluteLifetime
                ? sessions.RefreshTokenLifetime
                : sessions.AbsoluteLifetime;
        if (access > refresh)
        {
            _values.AddError(
                AccessKey,
                $"an access token of {access:c} would outlive the refresh token of {refresh:c};"
                    + " shorten it, or lengthen Sessions:RefreshTokenLifetime and Sessions:AbsoluteLifetime."
            );
        }
        else if (access > TimeSpan.FromHours(1))
        {
            _values.Warn(
                AccessKey,
                $"{access:c} is long; a stolen access token can be used until it expires. Use an hour or less."
            );
        }
    }
}
