using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Auth.Flood;

/// <summary>How many mails two instances send in a second.</summary>
internal static class MailThroughput
{
    private const int Clients = 16;

    // A hash from another system, of a password that is never tried here.
    private const string PlainBcrypt = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

    /// <summary>
    /// Asks for a mail to each of many accounts while the mail server does not answer, then lets it answer, and prints how long
    /// the mails took, with the decision about each of them.
    /// </summary>
    /// <param name="assembly">The published service.</param>
    /// <param name="postgres">The connection string of an empty database; null for SQLite.</param>
    /// <param name="mails">How many mails.</param>
    public static async Task MeasureAsync(string assembly, string? postgres, int mails)
    {
        using var server = new MailServer("hanging");
        (string, string)[] settings = postgres is null
            ? server.Settings
            :
            [
                ("Database__Provider", "Postgres"),
                ("Database__MigrateOnStartup", "true"),
                ("ConnectionStrings__Auth", postgres),
                .. server.Settings,
            ];
        await using var first = await RunningService.StartAsync(assembly, settings);
        await using var second = await RunningService.StartBesideAsync(first);
        await ImportAsync(first, mails);

        var requests = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RequestAsync()));
        var requestRate = mails / requests.Elapsed.TotalSeconds;

        server.Open();
        var cold = await WaitAsync(mails / 2);
        var warm = await WaitAsync(mails - server.Addresses);
        Console.WriteLine($"Two instances on {(postgres is null ? "SQLite" : "PostgreSQL")}, {mails} accounts.\n");
        Console.WriteLine("| | rate | processor time of the instances for one |\n| --- | ---: | ---: |");
        Console.WriteLine($"| requests | {Sample.Text(requestRate)}/s | |");
        Console.WriteLine($"| mails, first half | {cold} |");
        Console.WriteLine($"| mails, second half | {warm} |");
        Console.WriteLine($"| lost, sent twice | {mails - server.Addresses}, {server.Repeated} | |");

        // Until so many more mails have arrived, or it takes too long.
        async Task<string> WaitAsync(int more)
        {
            var before = server.Addresses;
            var processorBefore = first.ProcessorTime + second.ProcessorTime;
            var started = Stopwatch.StartNew();
            while (server.Addresses < before + more && started.Elapsed < TimeSpan.FromMinutes(10))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }

            var (count, elapsed) = (server.Addresses - before, started.Elapsed);
            var processor = (first.ProcessorTime + second.ProcessorTime - processorBefore) / Math.Max(1, count);
            return $"{Sample.Text(count / elapsed.TotalSeconds)}/s | {Sample.Text(processor.TotalMilliseconds)} ms";
        }

        async Task RequestAsync()
        {
            for (int number; (number = Interlocked.Increment(ref next)) < mails; )
            {
                using var response = await (number % 2 == 0 ? first : second).SendAsync(
                    HttpMethod.Post,
                    "/api/auth/forgot-password",
                    new { email = Address(number) }
                );
                if (response.StatusCode != HttpStatusCode.Accepted)
                {
                    throw new InvalidOperationException($"A request was answered {(int)response.StatusCode}.");
                }
            }
        }
    }

    private static string Address(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"reader-{number}@example.com");

    private static async Task ImportAsync(RunningService service, int users)
    {
        var file = service.PathOf("users.ndjson");
        await File.WriteAllLinesAsync(
            file,
            Enumerable
                .Range(0, users)
                .Select(number =>
                    new JsonObject { ["email"] = Address(number), ["passwordHash"] = PlainBcrypt }.ToJsonString(
                        JsonSerializerOptions.Default
                    )
                )
        );
        await service.CommandAsync("import-users", file);
    }
}
