using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Auth.Flood;

namespace Auth.Followers;

/// <summary>The time from the answer to a log-out on one instance to the first refusal in a service that follows another.</summary>
internal static class LogoutLatency
{
    public static async Task MeasureAsync(string assembly, bool streams, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("auth-bench-");
        (string, string)[] settings =
        [
            ("ConnectionStrings__Auth", $"Data Source={Path.Combine(folder.FullName, "auth.db")}"),
            ("Security__MasterKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ("Passwords__BcryptCost", "4"),
        ];
        var times = new List<double>();
        await using (var first = await RunningService.StartAsync(assembly, settings))
        await using (var second = await RunningService.StartAsync(assembly, settings))
        await using (
            var app = await FollowingApp.StartAsync(
                "https://auth.example.com",
                options =>
                {
                    options.Backchannel = new Redirect(second.Client.BaseAddress!);
                    options.UseEventStream = streams;
                }
            )
        )
        {
            using var client = new HttpClient { BaseAddress = app.Address };
            for (var round = 0; round < rounds; round++)
            {
                var signIn = await first.RegisterAsync($"user-{round}@example.com");
                using var logout = await first.SendAsync(
                    HttpMethod.Post,
                    "/api/auth/logout",
                    new { refreshToken = signIn["refreshToken"]!.GetValue<string>() }
                );
                var started = Stopwatch.GetTimestamp();
                while (await AcceptsAsync(client, signIn["accessToken"]!.GetValue<string>()))
                {
                    await Task.Delay(5);
                }

                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        folder.Delete(recursive: true);
        times.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rounds} log-outs, by {(streams ? "stream" : "polling")}: median {At(0.5):N0} ms, p99 {At(0.99):N0} ms, longest {times[^1]:N0} ms"
            )
        );

        double At(double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];
    }

    private static async Task<bool> AcceptsAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.Authorization = FollowingApp.Bearer(token);
        using var response = await client.SendAsync(request);
        return response.StatusCode == HttpStatusCode.OK;
    }
}
