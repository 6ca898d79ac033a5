using System.Globalization;
using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Observability;

public sealed partial class TelemetryExportTests
{
    private static string Page => File.ReadAllText(Path.Combine(Repository.Root, "docs", "observability.md"));

    [Fact]
    public async Task Every_documented_metric_and_span_is_exported_without_personal_data()
    {
        await using var collector = await Collector.StartAsync();
        using var database = new TestDatabase();
        using var process = new ServiceProcess([
            .. OperatorSettings.For(database),
            ("Database:MigrateOnStartup", "true"),
            ("Passwords:BcryptCost", "10"),
            ("Passwords:Workers", "1"),
            ("Passwords:MaxQueuedHashes", "1"),
            ("Bootstrap:AdminEmail", TestService.AdminEmail),
            ("Bootstrap:AdminPassword", TestService.AdminPassword),
            ("Mail:Transport", "Folder"),
            ("Mail:From", "noreply@example.com"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ]);
        using var client = await process.ListenAsync();
        client.DefaultRequestHeaders.Add("User-Agent", "s3ntinel-agent");

        var account = await Account.RegisterAsync(client, "s3ntinel-address@example.com");
        var refreshed = await account.RefreshAsync(client);
        await account.RefreshAsync(client);
        await client.GetAsync("/api/users/me", refreshed.AccessToken).ShouldBeAsync(200);
        await client.GetAsync("/api/users?search=s3ntinel", account.AccessToken).ShouldBeProblemAsync(403, "FORBIDDEN");
        await client
            .GetAsync("/s3ntinel-path?s3ntinel=query", account.AccessToken)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
        await client
            .PostAsync(
                "/api/auth/login",
                new { email = "s3ntinel-unknown@example.com", password = "s3ntinel-password" }
            )
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await FillTheQueueAsync(client);

        await collector.ReceiveAsync([
            .. Metrics().Matches(Page).Select(match => match.Groups["name"].Value),
            "POST api/auth/login",
            "GET api/users/me",
            "Login",
            "Refresh",
            "login.succeeded",
            "login.failed",
            "rotated",
            "replayed",
            "INVALID_CREDENTIALS",
            "users:read",
        ]);
        collector.Received.ShouldNotContain("s3ntinel");
        collector.Received.ShouldNotContain(account.Id.ToString());
    }

    [Fact]
    public void The_dashboard_and_alerts_use_documented_metrics()
    {
        var known = Metrics().Matches(Page).Select(match => Prometheus(match.Groups["name"].Value)).ToList();

        foreach (var file in new[] { "grafana-dashboard.json", "prometheus-alerts.yml" })
        {
            var used = PrometheusMetrics()
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, "deploy", file)))
                .Select(match => match.Value)
                .ToList();

            used.ShouldNotBeEmpty();
            foreach (var metric in used)
            {
                known.ShouldContain(name => IsOf(metric, name), metric);
            }
        }
    }

    private static bool IsOf(string metric, string name) =>
        metric.StartsWith(name, StringComparison.Ordinal)
        && metric[name.Length..]
            is ""
                or "_total"
                or "_seconds"
                or "_seconds_count"
                or "_seconds_bucket"
                or "_seconds_total"
                or "_bytes";

    private static string Prometheus(string name) => name.Replace('.', '_').ToLower(CultureInfo.InvariantCulture);

    // One worker and a queue of one: some of eight simultaneous logins are rejected.
    private static async Task FillTheQueueAsync(HttpClient client)
    {
        while (true)
        {
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(_ =>
                        client.PostAsync(
                            "/api/auth/login",
                            new { email = TestService.AdminEmail, password = TestService.AdminPassword }
                        )
                    )
            );
            if (answers.Any(answer => (int)answer.StatusCode == 503))
            {
                return;
            }
        }
    }

    // The first column of the tables; it may name several.
    [GeneratedRegex(
        @"(?<=^\|[^|]*)`(?<name>(auth|http|aspnetcore|kestrel|dotnet)\.[a-z_.]+)`(?=[^|]*\|)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline
    )]
    private static partial Regex Metrics();

    [GeneratedRegex(
        @"(?<!by \([^)]*)\b(auth|http_server|aspnetcore|kestrel|dotnet)_[a-z_]+(?=\{|\[|\)| [<>])",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex PrometheusMetrics();
}
