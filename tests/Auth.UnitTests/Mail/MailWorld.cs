using Auth.Infrastructure.Mail;

namespace Auth.UnitTests.Mail;

/// <summary>Settings and templates of mail.</summary>
internal static class MailWorld
{
    private const string Prefix = "Auth.Infrastructure.Mail.Templates.";

    public static MailOptions Options { get; } =
        new()
        {
            FromAddress = "noreply@example.com",
            FromName = "Example",
            Links = new()
            {
                BaseUrl = "https://app.example.com/account",
                VerifyEmail = "https://app.example.com/account/verify-email",
                ResetPassword = "https://app.example.com/account/reset-password",
                ChangeEmail = "https://app.example.com/account/change-email",
                UndoEmailChange = "https://app.example.com/account/undo-email-change",
                AcceptInvitation = "https://app.example.com/account/accept-invitation",
            },
        };

    public static IEnumerable<string> ListBuiltIn(string suffix) =>
        typeof(MailTemplates)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]))
            .Where(name => name.EndsWith(suffix, StringComparison.Ordinal));

    public static string ReadBuiltIn(string name)
    {
        using var resource = typeof(MailTemplates).Assembly.GetManifestResourceStream($"{Prefix}{name}.liquid")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
