namespace Auth.Api.RateLimiting;

/// <summary>The limits on requests per client address.</summary>
/// <param name="Enabled">Whether requests are limited.</param>
/// <param name="Policies">The limits by policy name.</param>
public sealed record RateLimitingSettings(bool Enabled, IReadOnlyDictionary<string, RateLimit> Policies);

/// <summary>The number of requests that a client address may send in a sliding window.</summary>
/// <param name="PermitLimit">The number of requests.</param>
/// <param name="Window">The length of the window.</param>
public sealed record RateLimit(int PermitLimit, TimeSpan Window);
