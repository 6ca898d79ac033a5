using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Auth.Flood;

/// <summary>Whether the time of a request for a mail tells if the address has an account.</summary>
internal static class MailTiming
{
    // A hash as another system has made it, of a password that nobody here tries.
    private const string PlainBcrypt = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

    /// <summary>Sends requests for known and unknown addresses in turn and prints the medians and their difference.</summary>
    /// <param name="assembly">The published service.</param>
    /// <param name="server">What the mail server does: <c>folder</c> for none, <c>up</c>, <c>down</c>, <c>hanging</c> or <c>refusing</c>.</param>
    /// <param name="tries">How many requests of each kind.</param>
    public static async Task MeasureAsync(string assembly, string server, int tries)
    {
        using var mailServer = new MailServer(server);
        (string, string)[] mail =
            server == "folder"
                ?
                [
                    ("Mail__Transport", "Folder"),
                    ("Mail__Folder", Path.Combine(Path.GetTempPath(), "auth-bench-mail")),
                    ("Mail__From", "noreply@example.com"),
                ]
                : mailServer.Settings;
        await using var service = await RunningService.StartAsync(
            assembly,
            [.. mail, ("Registration__EmailConfirmation", "Required"), ("Passwords__BcryptCost", "4")]
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
        Console.WriteLine("| route | median, account, ms | median, no account, ms | difference | 95 % of |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (name, create) in kinds)
        {
            var (known, unknown) = (new Sample(), new Sample());
            var differences = new List<double>();
            for (var number = 0; number < tries; number++)
            {
                // Each round begins with the other kind, so that none always comes after the same.
                var times = new Dictionary<bool, TimeSpan>();
                foreach (var isKnown in number % 2 == 0 ? new[] { true, false } : [false, true])
                {
                    var request = create(number, isKnown);
                    var before = Stopwatch.GetTimestamp();
                    await SendAsync(service, request);
                    times[isKnown] = Stopwatch.GetElapsedTime(before);
                }

                known.Add(times[true]);
                unknown.Add(times[false]);
                differences.Add((times[true] - times[false]).TotalMilliseconds);
            }

            // The difference within a pair: other work on the machine affects both, and cancels out.
            differences.Sort();
            var reference = unknown.Quantile(0.5);
            var margin = (int)Math.Ceiling(0.98 * Math.Sqrt(tries)); // of the rank of a median, at 95 %
            Console.WriteLine(
                $"| {name} | {Sample.Text(known.Quantile(0.5))} | {Sample.Text(reference)} | {Share(tries / 2)} | {Share((tries / 2) - margin)} to {Share((tries / 2) + margin)} |"
            );

            string Share(int rank) =>
                Math.Round(100 * differences[Math.Clamp(rank, 0, tries - 1)] / reference, 1)
                    .ToString("+0.0' %';-0.0' %';0.0' %'", CultureInfo.InvariantCulture);
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

    private sealed record Request(string Route, object Body, string? Token = null);
}
