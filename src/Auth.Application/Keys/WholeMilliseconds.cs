namespace Auth.Application.Keys;

internal static class WholeMilliseconds
{
    /// <summary>
    /// Truncates a time to milliseconds. Databases are less precise than the clock, and the times of a key should be
    /// the same wherever they appear.
    /// </summary>
    public static DateTimeOffset GetWholeMilliseconds(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
