using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Auth.Flood;

/// <summary>Whether the time of a request for a mail tells if the address has an account.</summary>
internal static class MailTiming
{
    // A hash as another system has made it, of a password that nobody here tries.
    private const string PlainBcrypt = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

    /// <summary>Sends requests for known and unknown addresses in turn and prints the medians.</summary>
    /// <param name="assembly">The published service.</param>
    /// <param name="server">What the mail server does: <c>folder</c> for none, <c>down</c>, <c>hanging</c> or <c>refusing</c>.</param>
    /// <param name="tries">How many requests of each kind.</param>
    public static async Task MeasureAsync(string assembly, string server, int tries)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        if (server == "down")
        {
            listener.Stop();
        }
        else
        {
            _ = AnswerAsync(listener, server == "refusing");
        }

        await using var service = await RunningService.StartAsync(
            assembly,
            ("Mail__Transport", server == "folder" ? "Folder" : "Smtp"),
            ("Mail__Folder", Path.Combine(Path.GetTempPath(), "auth-bench-mail")),
            ("Mail__From", "noreply@example.com"),
            ("Mail__Smtp__Host", "127.0.0.1"),
            ("Mail__Smtp__Port", port.ToString(CultureInfo.InvariantCulture)),
            ("Mail__Smtp__Security", "None"),
            ("Registration__EmailConfirmation", "Required"),
            ("Passwords__BcryptCost", "4")
        );
        var token = await PrepareAsync(service, tries);
        var flows = await StartRegistrationsAsync(service, tries);
        var kinds = new (string Name, Func<int, bool, Request> Create)[]
        {
            ("forgot-password", (number, known) => new("forgot-password", new { email = Address(number, known) })),
            (
                "register",
                (number, known) =>
                    new("register", new { email = Address(number, known), password = RunningService.Password })
            ),
            (
                "verify-email/resend",
                (number, known) => new("verify-email/resend", new { flowToken = flows[(number, known)] })
            ),
            (
                "change-email",
                (number, known) =>
                    new(
                        "change-email",
                        new { newEmail = Address(number, known), password = RunningService.Password },
                        token
                    )
            ),
        };

        Console.WriteLine($"{tries} tries of each kind in turn, mail server: {server}.\n");
        Console.WriteLine("| route | median, account, ms | median, no account, ms | difference |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (name, create) in kinds)
        {
            var (known, unknown) = (new Sample(), new Sample());
            for (var number = 0; number < tries; number++)
            {
                // Each round begins with the other kind, so that none always comes after the same.
                foreach (var isKnown in number % 2 == 0 ? new[] { true, false } : [false, true])
                {
                    var before = Stopwatch.GetTimestamp();
                    await SendAsync(service, create(number, isKnown));
                    (isKnown ? known : unknown).Add(Stopwatch.GetElapsedTime(before));
                }
            }

            var difference = (known.Quantile(0.5) / unknown.Quantile(0.5)) - 1;
            Console.WriteLine(
                $"| {name} | {Sample.Text(known.Quantile(0.5))} | {Sample.Text(unknown.Quantile(0.5))} | {difference.ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture)} |"
            );
        }
    }

    private static string Address(int number, bool known) =>
        known ? $"known-{number}@example.com" : $"other-{number}@example.com";

    private static async Task<string> PrepareAsync(RunningService service, int tries)
    {
        var file = service.PathOf("users.ndjson");
        await File.WriteAllLinesAsync(
            file,
            Enumerable
                .Range(0, tries)
                .Select(number =>
                    new JsonObject
                    {
                        ["email"] = Address(number, known: true),
                        ["passwordHash"] = PlainBcrypt,
                    }.ToJsonString(JsonSerializerOptions.Default)
                )
        );
        await service.CommandAsync("import-users", file);
        return (await service.LoginAsync(RunningService.AdminEmail))["accessToken"]!.GetValue<string>();
    }

    private static async Task<Dictionary<(int, bool), string>> StartRegistrationsAsync(
        RunningService service,
        int tries
    )
    {
        var flows = new Dictionary<(int, bool), string>();
        for (var number = 0; number < tries; number++)
        {
            foreach (var known in new[] { true, false })
            {
                var body = new { email = Address(number, known), password = RunningService.Password };
                flows[(number, known)] = (await SendAsync(service, new("register", body)))[
                    "flowToken"
                ]!.GetValue<string>();
            }
        }

        return flows;
    }

    private static async Task<JsonNode> SendAsync(RunningService service, Request request)
    {
        using var response = await service.SendAsync(
            HttpMethod.Post,
            "/api/auth/" + request.Route,
            request.Body,
            request.Token
        );
        return response.StatusCode == HttpStatusCode.Accepted
            ? (await response.Content.ReadFromJsonAsync<JsonNode>())!
            : throw new InvalidOperationException($"{request.Route} was answered {(int)response.StatusCode}.");
    }

    private static async Task AnswerAsync(TcpListener listener, bool refuses)
    {
        var connections = new List<TcpClient>();
        while (true)
        {
            var connection = await listener.AcceptTcpClientAsync();
            if (refuses)
            {
                await connection.GetStream().WriteAsync("554 no\r\n"u8.ToArray());
                connection.Dispose();
            }
            else
            {
                connections.Add(connection); // says nothing
            }
        }
    }

    private sealed record Request(string Route, object Body, string? Token = null);
}
