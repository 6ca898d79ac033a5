using Auth.Api.RateLimiting;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the limits on requests per client address.</summary>
internal static class RateLimitingSection
{
    private const string EnabledKey = "RateLimiting:Enabled";

    public static RateLimitingSettings Read(SettingValues values)
    {
        var isEnabled = values.Switch(EnabledKey, fallback: true);
        if (!isEnabled)
        {
            values.WarnOutsideDevelopment(
                EnabledKey,
                "requests per client address are not limited; enable it, unless a proxy limits them."
            );
        }

        return new(
            isEnabled,
            RateLimitPolicies.Defaults.ToDictionary(
                policy => policy.Key,
                policy => ReadLimit(values, policy.Key, Scale(policy.Value, values.IsDevelopment)),
                StringComparer.Ordinal
            )
        );
    }

    // In Development all requests come from one address: tests, load tests and the developer's browsers.
    private static RateLimit Scale(RateLimit limit, bool isDevelopment) =>
        isDevelopment ? limit with { PermitLimit = limit.PermitLimit * RateLimitPolicies.DevelopmentFactor } : limit;

    private static RateLimit ReadLimit(SettingValues values, string policy, RateLimit defaults) =>
        new(
            values.Number($"RateLimiting:{policy}:PermitLimit", defaults.PermitLimit, 1, 10_000_000),
            values.Duration($"RateLimiting:{policy}:Window", defaults.Window, max: TimeSpan.FromHours(24))
        );
}
