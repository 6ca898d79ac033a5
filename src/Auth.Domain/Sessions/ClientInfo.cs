namespace Auth.Domain.Sessions;

/// <summary>The client that sent a request.</summary>
/// <param name="IpAddress">The client's address, if known.</param>
/// <param name="UserAgent">The client's user agent, truncated to <see cref="UserAgentMaxLength"/>.</param>
public sealed record ClientInfo(string? IpAddress, string? UserAgent)
{
    /// <summary>The language for mails that the request causes; null for the default.</summary>
    public string? Culture { get; init; }

    /// <summary>Recorded for work of the service itself, and in place of data to be erased.</summary>
    public static readonly ClientInfo None = new(IpAddress: null, UserAgent: null);

    /// <summary>The maximum length of an IPv6 address with a scope, in characters.</summary>
    public const int IpAddressMaxLength = 64;

    /// <summary>The maximum length of the user agent, in characters.</summary>
    public const int UserAgentMaxLength = 256;
}
