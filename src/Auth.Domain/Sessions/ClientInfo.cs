namespace Auth.Domain.Sessions;

/// <summary>Where a request came from.</summary>
/// <param name="IpAddress">The client's address, if known.</param>
/// <param name="UserAgent">The client's user agent, cut to <see cref="UserAgentMaxLength"/>.</param>
public sealed record ClientInfo(string? IpAddress, string? UserAgent)
{
    /// <summary>What is recorded for work of the service itself, and instead of data that is to be erased.</summary>
    public static readonly ClientInfo None = new(IpAddress: null, UserAgent: null);

    /// <summary>The longest text of an IPv6 address with a scope.</summary>
    public const int IpAddressMaxLength = 64;

    /// <summary>How much of the user agent is kept, in characters.</summary>
    public const int UserAgentMaxLength = 256;
}
