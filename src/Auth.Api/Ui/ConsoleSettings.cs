namespace Auth.Api.Ui;

/// <summary>What the console has to know about the settings of the service. It is part of a public page.</summary>
/// <param name="ReturnOrigins">The origins that people may be sent back to.</param>
/// <param name="PasswordMinLength">The minimum length of passwords.</param>
internal sealed record ConsoleSettings(IReadOnlySet<string> ReturnOrigins, int PasswordMinLength);
