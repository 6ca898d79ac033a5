using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Auth.Flood;

namespace Auth.Followers;

/// <summary>
/// The time from the answer to a request on one instance that ends sessions or changes rights, to the first refusal of the earlier
/// token in services that follow another instance: one on .NET, and one on Node.js if samples/node is installed.
/// </summary>
internal static class RevocationLatency
{
    private const int RoundsPerRotation = 50; // it ends all sessions

    private static readonly string[] s_editor = ["editor"];
    private static readonly string[] s_kinds = ["log-out", "ban", "change of roles", "change of password"];

    public static async Task MeasureAsync(string assembly, string mode, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("auth-bench-");
        var times = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        using (var network = new Network(cut: mode == "cut"))
        {
            (string, string)[] settings =
            [
                ("ConnectionStrings__Auth", $"Data Source={Path.Combine(folder.FullName, "auth.db")}"),
                ("Security__MasterKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
                ("Passwords__BcryptCost", "4"),
                ("Jwt__Issuer", network.Address.OriginalString),
            ];
            await using var first = await RunningService.StartAsync(assembly, settings);
            await using var second = await RunningService.StartAsync(assembly, settings);
            network.Target = second.Client.BaseAddress!;
            await using var app = await FollowingApp.StartAsync(
                network.Address.OriginalString,
                options => options.UseEventStream = mode != "poll"
            );
            using var node = await NodeApp.TryStartAsync(network.Address, streams: mode != "poll");
            (string Name, Uri? Address)[] services = [(".NET", app.Address), ("Node.js", node?.Address)];
            using var client = new HttpClient();
            string? admin = null;
            for (var round = 0; round < rounds; round++)
            {
                var isRotation = round % RoundsPerRotation == RoundsPerRotation - 1;
                var kind = isRotation ? "emergency rotation" : s_kinds[round % s_kinds.Length];
                var user = await first.RegisterAsync($"user-{round}@example.com");
                var token = user["accessToken"]!.GetValue<string>();
                admin ??= (await first.LoginAsync(RunningService.AdminEmail))["accessToken"]!.GetValue<string>();
                foreach (var (name, address) in services)
                {
                    if (address is not null && await AskAsync(client, address, token) != HttpStatusCode.OK)
                    {
                        throw new InvalidOperationException($"{name} refuses a valid token.");
                    }
                }

                await EndAsync(first, kind, user, token, admin);
                admin = isRotation ? null : admin;

                var started = Stopwatch.GetTimestamp();
                await Task.WhenAll(
                    services
                        .Where(service => service.Address is not null)
                        .Select(async service =>
                        {
                            HttpStatusCode status;
                            while ((status = await AskAsync(client, service.Address!, token)) == HttpStatusCode.OK)
                            {
                                await Task.Delay(5);
                            }

                            if (status != HttpStatusCode.Unauthorized)
                            {
                                throw new InvalidOperationException($"{service.Name} answers {status}.");
                            }

                            lock (times)
                            {
                                var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                                Add($"{service.Name}, {kind}", elapsed);
                                Add($"{service.Name}, all", elapsed);
                            }
                        })
                );
            }
        }

        folder.Delete(recursive: true);
        Console.WriteLine($"By {mode}:");
        foreach (var (name, measured) in times)
        {
            measured.Sort();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -30} {measured.Count, 4} times: median {At(measured, 0.5), 5:N0} ms, p99 {At(measured, 0.99), 5:N0} ms, longest {measured[^1], 5:N0} ms"
                )
            );
        }

        void Add(string name, double time)
        {
            if (!times.TryGetValue(name, out var measured))
            {
                times.Add(name, measured = []);
            }

            measured.Add(time);
        }

        static double At(List<double> sorted, double share) =>
            sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    private static async Task EndAsync(RunningService service, string kind, JsonNode user, string token, string admin)
    {
        var id = user["user"]!["id"]!.GetValue<string>();
        using var response = kind switch
        {
            "log-out" => await service.SendAsync(
                HttpMethod.Post,
                "/api/auth/logout",
                new { refreshToken = user["refreshToken"]!.GetValue<string>() }
            ),
            "ban" => await service.SendAsync(HttpMethod.Post, $"/api/users/{id}/disable", new { }, admin),
            "change of roles" => await service.SendAsync(
                HttpMethod.Put,
                $"/api/users/{id}/roles",
                new { roles = s_editor },
                admin
            ),
            "change of password" => await service.SendAsync(
                HttpMethod.Post,
                "/api/auth/change-password",
                new { currentPassword = RunningService.Password, newPassword = "seven-violet-kettles-march" },
                token
            ),
            _ => await service.SendAsync(HttpMethod.Post, "/api/keys/rotate", new { emergency = true }, admin),
        };
        response.EnsureSuccessStatusCode();
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, Uri address, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/me"));
        request.Headers.Authorization = FollowingApp.Bearer(token);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
