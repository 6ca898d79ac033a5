namespace Auth.Api.Ui;

/// <summary>What the console has to know about the settings of the service. It is part of a public page.</summary>
/// <param name="ReturnOrigins">The origins that people may be sent back to.</param>
/// <param name="PasswordMinLength">The minimum length of passwords.</param>
/// <param name="SendsMail">Whether mail is sent: without it, the routes that the pages about mails call do not exist.</param>
/// <param name="EmailConfirmation"><c>None</c>, <c>Optional</c> or <c>Required</c>.</param>
/// <param name="PasskeyOrigins">The origins of the pages that may use passkeys.</param>
internal sealed record ConsoleSettings(
    IReadOnlySet<string> ReturnOrigins,
    int PasswordMinLength,
    bool SendsMail,
    string EmailConfirmation,
    IReadOnlyList<string> PasskeyOrigins
);
