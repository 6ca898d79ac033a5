namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the limits on connections.</summary>
internal static class LimitSection
{
    public static ConnectionLimits Read(SettingValues values)
    {
        var defaults = new ConnectionLimits();
        return new()
        {
            MaxConnections = values.Number("Limits:MaxConnections", defaults.MaxConnections, 1, 10_000_000),
            MaxHeaders = values.Number("Limits:MaxHeaders", defaults.MaxHeaders, 10, 10_000),
            MaxHeaderBytes = values.Number("Limits:MaxHeaderBytes", defaults.MaxHeaderBytes, 4 * 1024, 1024 * 1024),
            HeadersTimeout = ReadTime("HeadersTimeout", defaults.HeadersTimeout),
            KeepAliveTimeout = ReadTime("KeepAliveTimeout", defaults.KeepAliveTimeout),
            MinBytesPerSecond = values.Number("Limits:MinBytesPerSecond", defaults.MinBytesPerSecond, 1, 1024 * 1024),
            GracePeriod = ReadTime("GracePeriod", defaults.GracePeriod),
        };

        // Kestrel checks once a second, and rejects a grace period that short.
        TimeSpan ReadTime(string name, TimeSpan fallback) =>
            values.Duration($"Limits:{name}", fallback, min: TimeSpan.FromSeconds(2), max: TimeSpan.FromHours(1));
    }
}
