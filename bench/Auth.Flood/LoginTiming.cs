using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Auth.Flood;

/// <summary>Whether the time of a rejected login reveals the reason.</summary>
internal static class LoginTiming
{
    // An account is replaced before its failures lock it.
    private const int TriesPerAccount = 8;
    private const int FailuresUntilLocked = 10;

    // A hash from another system, of a password that is never tried here.
    private const string PlainBcrypt = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

    /// <summary>Sends logins of each kind in turn and prints the medians.</summary>
    public static async Task MeasureAsync(string assembly, int tries, int cost)
    {
        await using var service = await RunningService.StartAsync(
            assembly,
            ("Passwords__BcryptCost", cost.ToString(CultureInfo.InvariantCulture)),
            // Locked permanently.
            ("Lockout__Threshold", FailuresUntilLocked.ToString(CultureInfo.InvariantCulture)),
            ("Lockout__HardLimit", FailuresUntilLocked.ToString(CultureInfo.InvariantCulture))
        );
        var accounts = (tries + TriesPerAccount - 1) / TriesPerAccount;
        var kinds = new (string Name, Func<int, string> Email, Sample Times)[]
        {
            ("unknown e-mail", number => $"unknown-{number}@example.com", new()),
            ("wrong password", number => $"wrong-{number / TriesPerAccount}@example.com", new()),
            ("disabled account", number => $"disabled-{number / TriesPerAccount}@example.com", new()),
            ("locked account", _ => "locked@example.com", new()),
            ("imported bcrypt hash", number => $"bcrypt-{number / TriesPerAccount}@example.com", new()),
            ("imported Identity hash", number => $"identity-{number / TriesPerAccount}@example.com", new()),
        };
        await PrepareAsync(service, accounts);

        // Each round starts with another kind, so that none always follows the same one.
        for (var number = 0; number < tries; number++)
        {
            for (var turn = 0; turn < kinds.Length; turn++)
            {
                var (_, email, times) = kinds[(number + turn) % kinds.Length];
                var before = Stopwatch.GetTimestamp();
                await RefuseAsync(service, email(number));
                times.Add(Stopwatch.GetElapsedTime(before));
            }
        }

        var reference = kinds[1].Times.Quantile(0.5);
        Console.WriteLine($"{tries} tries of each kind in turn, bcrypt at cost {cost}.\n");
        Console.WriteLine("| refused because of | median, ms | against a wrong password | p10 | p90 |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (name, _, times) in kinds)
        {
            var median = times.Quantile(0.5);
            var difference = ((median / reference) - 1).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture);
            Console.WriteLine(
                $"| {name} | {Sample.Text(median)} | {difference} | {Sample.Text(times.Quantile(0.1))} | {Sample.Text(times.Quantile(0.9))} |"
            );
        }
    }

    private static async Task PrepareAsync(RunningService service, int accounts)
    {
        var admin = (await service.LoginAsync(RunningService.AdminEmail))["accessToken"]!.GetValue<string>();
        for (var number = 0; number < accounts; number++)
        {
            await service.RegisterAsync($"wrong-{number}@example.com");
            var disabled = await service.RegisterAsync($"disabled-{number}@example.com");
            using var response = await service.SendAsync(
                HttpMethod.Post,
                $"/api/users/{disabled["user"]!["id"]}/disable",
                token: admin
            );
            response.EnsureSuccessStatusCode();
        }

        await service.RegisterAsync("locked@example.com");
        for (var failure = 0; failure <= FailuresUntilLocked; failure++)
        {
            await RefuseAsync(service, "locked@example.com");
        }

        var file = service.PathOf("users.ndjson");
        await File.WriteAllLinesAsync(
            file,
            Enumerable
                .Range(0, accounts)
                .SelectMany<int, JsonObject>(number =>
                    [
                        new() { ["email"] = $"bcrypt-{number}@example.com", ["passwordHash"] = PlainBcrypt },
                        new() { ["email"] = $"identity-{number}@example.com", ["passwordHash"] = IdentityHash() },
                    ]
                )
                .Select(user => user.ToJsonString(JsonSerializerOptions.Default))
        );
        await service.CommandAsync("import-users", file);
    }

    private static async Task RefuseAsync(RunningService service, string email)
    {
        using var response = await service.SendAsync(
            HttpMethod.Post,
            "/api/auth/login",
            new { email, password = "wrong-walrus-trumpet" }
        );
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            throw new InvalidOperationException($"{email} was answered {(int)response.StatusCode}.");
        }
    }

    // ASP.NET Core Identity, version 3: marker, HMAC-SHA-512, 100,000 rounds, length of the salt; salt and key.
    private static string IdentityHash()
    {
        var hash = new byte[13 + 16 + 32];
        hash[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), 2);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), 100_000);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), 16);
        RandomNumberGenerator.Fill(hash.AsSpan(13));
        return Convert.ToBase64String(hash);
    }
}
