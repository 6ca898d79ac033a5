using System.Globalization;

namespace Auth.IntegrationTests.Support;

/// <summary>
/// The length of long proofs: short by default, full with <c>AUTH_TEST_FULL=1</c>
/// (see docs/testing.md).
/// </summary>
public static class Proof
{
    private static readonly bool s_full = Environment.GetEnvironmentVariable("AUTH_TEST_FULL") == "1";

    public static int Rounds(int everyTime, int full) => s_full ? full : everyTime;

    /// <summary>Polls until a condition is true; fails after a generous timeout.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> holds, string what)
    {
        var deadline = TimeSpan.FromSeconds(60);
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            TimeProvider
                .System.GetElapsedTime(started)
                .ShouldBeLessThan(deadline, string.Create(CultureInfo.InvariantCulture, $"{what} did not happen"));
            await Task.Yield();
        }
    }
}
