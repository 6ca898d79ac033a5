using Auth.Infrastructure.Mail;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads where links in mails point.</summary>
internal static class LinkSection
{
    /// <summary>Reads the section <c>Links</c>.</summary>
    public static MailLinks Read(SettingValues values, string issuer)
    {
        var baseUrl = ReadUrl(values, "BaseUrl", issuer.TrimEnd('/') + "/account").TrimEnd('/');
        return new()
        {
            BaseUrl = baseUrl,
            VerifyEmail = ReadUrl(values, "VerifyEmail", baseUrl + "/verify-email"),
            ResetPassword = ReadUrl(values, "ResetPassword", baseUrl + "/reset-password"),
            ChangeEmail = ReadUrl(values, "ChangeEmail", baseUrl + "/change-email"),
            UndoEmailChange = ReadUrl(values, "UndoEmailChange", baseUrl + "/undo-email-change"),
            AcceptInvitation = ReadUrl(values, "AcceptInvitation", baseUrl + "/accept-invitation"),
        };
    }

    private static string ReadUrl(SettingValues values, string name, string fallback)
    {
        var key = $"{MailLinks.Section}:{name}";
        if (values.Text(key) is not { } text)
        {
            return fallback;
        }

        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || url.Fragment.Length > 0
        )
        {
            values.AddError(
                key,
                $"'{text}' is not an http or https URL without a fragment, for example https://app.example.com/account"
            );
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !values.IsDevelopment)
        {
            values.AddError(key, "the page receives secrets and must not be changed on the way; use https.");
        }

        return text;
    }
}
