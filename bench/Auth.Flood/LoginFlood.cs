using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Auth.Flood;

/// <summary>How a flood of logins affects signed-in users.</summary>
internal static class LoginFlood
{
    private const int Callers = 4;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(20);

    // Below the capacity of the service, so that times do not include a queue of this program.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Measures before, during and after a flood, for the same time each, and prints a table.</summary>
    public static async Task MeasureAsync(string assembly, TimeSpan duration, int connections)
    {
        await using var service = await RunningService.StartAsync(assembly);
        var users = new List<JsonNode>();
        for (var number = 0; number < 2 * Callers; number++)
        {
            users.Add(await service.RegisterAsync($"caller-{number}@example.com"));
        }

        await CallAsync(service, users, s_warmUp);
        var memoryBefore = service.ReadMemory().Now;
        var (meIdle, refreshIdle) = await CallAsync(service, users, duration);

        using var end = new CancellationTokenSource();
        var flood = Enumerable.Range(0, connections).Select(_ => FloodAsync(service, end.Token)).ToList();
        var (meFlood, refreshFlood) = await CallAsync(service, users, duration);
        await end.CancelAsync();
        var answers = (await Task.WhenAll(flood)).SelectMany(statuses => statuses).ToList();
        var memoryPeak = service.ReadMemory().Peak;

        var (meAfter, refreshAfter) = await CallAsync(service, users, duration);
        var memoryAfter = service.ReadMemory().Now;
        using var login = await service.SendAsync(
            HttpMethod.Post,
            "/api/auth/login",
            new { email = RunningService.AdminEmail, password = RunningService.Password }
        );

        Console.WriteLine(
            $"{connections} connections log in without a pause for {duration.TotalSeconds:0} s; {Callers} callers of each route.\n"
        );
        Console.WriteLine("| ms | idle p50 | idle p99 | flood p50 | flood p99 | p99 ratio | after p50 | after p99 |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        Print("GET /api/auth/me", meIdle, meFlood, meAfter);
        Print("POST /api/auth/refresh", refreshIdle, refreshFlood, refreshAfter);
        Console.WriteLine("\n| of the flood | |\n| --- | ---: |");
        foreach (var status in answers.GroupBy(status => status).OrderBy(group => group.Key))
        {
            Console.WriteLine(
                $"| answered {status.Key} | {status.Count()}, {Sample.Text(status.Count() / duration.TotalSeconds)}/s |"
            );
        }

        Console.WriteLine($"| memory before, peak, after | {memoryBefore}, {memoryPeak}, {memoryAfter} MiB |");
        Console.WriteLine($"| a log-in afterwards | {(int)login.StatusCode} |");
    }

    // Each refreshing client has its own sessions and continues with the token it got.
    private static async Task<(Sample Me, Sample Refresh)> CallAsync(
        RunningService service,
        List<JsonNode> users,
        TimeSpan duration
    )
    {
        var (me, refresh) = (new Sample(), new Sample());
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .SelectMany<int, Task>(caller =>
                    [
                        RepeatAsync(me, () => CallMeAsync(service, users[caller])),
                        RepeatAsync(
                            refresh,
                            async () => users[Callers + caller] = await RefreshAsync(service, users[Callers + caller])
                        ),
                    ]
                )
        );
        return (me, refresh);

        async Task RepeatAsync(Sample sample, Func<Task> call)
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var before = Stopwatch.GetTimestamp();
                await call();
                sample.Add(Stopwatch.GetElapsedTime(before));
                await Task.Delay(s_pause);
            }
        }
    }

    private static async Task CallMeAsync(RunningService service, JsonNode user)
    {
        using var response = await service.SendAsync(
            HttpMethod.Get,
            "/api/auth/me",
            token: user["accessToken"]!.GetValue<string>()
        );
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<JsonNode> RefreshAsync(RunningService service, JsonNode user)
    {
        using var response = await service.SendAsync(
            HttpMethod.Post,
            "/api/auth/refresh",
            new { refreshToken = user["refreshToken"]!.GetValue<string>() }
        );
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static async Task<List<int>> FloodAsync(RunningService service, CancellationToken end)
    {
        List<int> statuses = [];
        while (!end.IsCancellationRequested)
        {
            using var response = await service.SendAsync(
                HttpMethod.Post,
                "/api/auth/login",
                new { email = $"{Guid.CreateVersion7():n}@example.com", password = "wrong-walrus-trumpet" }
            );
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }

    private static void Print(string route, Sample idle, Sample flood, Sample after) =>
        Console.WriteLine(
            $"| {route} | {Sample.Text(idle.Quantile(0.5))} | {Sample.Text(idle.Quantile(0.99))}"
                + $" | {Sample.Text(flood.Quantile(0.5))} | {Sample.Text(flood.Quantile(0.99))}"
                + $" | {Sample.Text(flood.Quantile(0.99) / idle.Quantile(0.99))}"
                + $" | {Sample.Text(after.Quantile(0.5))} | {Sample.Text(after.Quantile(0.99))} |"
        );
}
