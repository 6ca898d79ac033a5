using Auth.Application.Abstractions;
using Auth.Domain.Sessions;

namespace Auth.Application.Mail;

/// <summary>The circumstances of the request that caused a mail. Stored encrypted.</summary>
/// <param name="OccurredAt">When.</param>
/// <param name="IpAddress">The address that the request came from.</param>
/// <param name="UserAgent">The client's user agent.</param>
public sealed record MailFacts(DateTimeOffset OccurredAt, string? IpAddress, string? UserAgent) : SecretRecord
{
    /// <summary>The device tokens of the request: a device that the account knows has a limit of its own.</summary>
    public IReadOnlyList<string> DeviceTokens { get; init; } = [];

    /// <summary>What the notice is about, such as the name of a factor.</summary>
    public string? Subject { get; init; }

    /// <summary>Describes a request.</summary>
    public static MailFacts Of(
        ClientInfo client,
        DateTimeOffset now,
        IReadOnlyList<string>? deviceTokens = null,
        string? subject = null
    ) => new(now, client.IpAddress, client.UserAgent) { DeviceTokens = deviceTokens ?? [], Subject = subject };
}
