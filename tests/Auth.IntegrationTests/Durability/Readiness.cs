using System.Diagnostics;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Durability;

/// <summary>Waits for readiness to change, and returns how long that took.</summary>
internal static class Readiness
{
    /// <summary>Waits until the service is ready, or not ready.</summary>
    public static async Task ShouldBecomeAsync(HttpClient client, int status, string since, ITestOutputHelper output)
    {
        var started = Stopwatch.GetTimestamp();
        await Proof.EventuallyAsync(
            async () =>
            {
                using var response = await client.GetAsync("/health/ready", bearer: null);
                return (int)response.StatusCode == status;
            },
            $"the answer {status} of /health/ready after {since}"
        );
        output.WriteLine($"{since}: {status} after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms");
    }
}
