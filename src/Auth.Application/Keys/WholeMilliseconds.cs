namespace Auth.Application.Keys;

internal static class WholeMilliseconds
{
    /// <summary>
    /// The time in whole milliseconds. Databases keep fewer digits than the clock has, and the times of a key are to be
    /// the same wherever they are shown.
    /// </summary>
    public static DateTimeOffset GetWholeMilliseconds(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
