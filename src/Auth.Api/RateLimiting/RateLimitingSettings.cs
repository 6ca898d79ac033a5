namespace Auth.Api.RateLimiting;

/// <summary>How many requests a client address may send to the routes that cost or try something.</summary>
/// <param name="Enabled">Whether requests are counted at all.</param>
/// <param name="Policies">The limits by the names of the policies.</param>
public sealed record RateLimitingSettings(bool Enabled, IReadOnlyDictionary<string, RateLimit> Policies);

/// <summary>How many requests a client address may send in a sliding window.</summary>
/// <param name="PermitLimit">How many.</param>
/// <param name="Window">In which time.</param>
public sealed record RateLimit(int PermitLimit, TimeSpan Window);
