using System.Diagnostics;
using System.Globalization;
using Auth.Flood;

namespace Auth.Followers;

/// <summary>Compares Auth.Bearer with the framework's own bearer authentication, both in this process, in turn.</summary>
internal static class Verification
{
    private const string Issuer = "https://auth.example.com";
    private const int Tokens = 200; // neither of the two keeps what it has verified
    private const int Clients = 32;

    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(2);

    public static async Task MeasureAsync(string assembly, int rounds)
    {
        await using var service = await RunningService.StartAsync(assembly, ("Passwords__BcryptCost", "4"));
        var tokens = new List<string>();
        for (var i = 0; i < Tokens; i++)
        {
            tokens.Add((await service.RegisterAsync($"user-{i}@example.com"))["accessToken"]!.GetValue<string>());
        }

        var keySet = await service.Client.GetStringAsync("/.well-known/jwks.json");
        await using var stock = await FollowingApp.StartStockAsync(Issuer, keySet);
        await using var own = await FollowingApp.StartAsync(
            Issuer,
            options => options.Backchannel = new Redirect(service.Client.BaseAddress!)
        );
        var ratios = new List<double>();
        for (var round = -2; round < rounds; round++)
        {
            var (ours, theirs) = (await RunAsync(own.Address, tokens), await RunAsync(stock.Address, tokens));
            if (round < 0)
            {
                continue; // warm-up
            }

            ratios.Add(ours / theirs);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Auth.Bearer {ours:N0}/s, JwtBearer {theirs:N0}/s: {ours / theirs:0.00}"
                )
            );
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"\nMedian: {ratios.Order().ElementAt(rounds / 2):0.00}")
        );
    }

    private static async Task<double> RunAsync(Uri address, List<string> tokens)
    {
        using var client = new HttpClient { BaseAddress = address };
        var (next, count, started) = (0, 0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(RequestAsync)));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;

        async Task RequestAsync()
        {
            while (Stopwatch.GetElapsedTime(started) < s_turn)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
                request.Headers.Authorization = FollowingApp.Bearer(
                    tokens[Interlocked.Increment(ref next) % tokens.Count]
                );
                using var response = await client.SendAsync(request);
                response.EnsureSuccessStatusCode();
                Interlocked.Increment(ref count);
            }
        }
    }
}
