using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Observability;

public sealed class UseCaseMetricsTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, string Tags)> _measured = [];
    private TestService? _service;

    private TestService Service => _service!;

    private HttpClient Client => Service.Client;

    public ValueTask InitializeAsync()
    {
        _service = TestService.Start(_database);
        var meter = Service.Services.GetRequiredService<Meter>(); // of this service only: others may run at the same time
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        _listener.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await Service.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Refresh_outcomes_are_counted()
    {
        var account = await Account.RegisterAsync(Client);
        var second = await account.RefreshAsync(Client);
        await account.RefreshAsync(Client);
        await second.RefreshAsync(Client);
        Service.Clock.Advance(TimeSpan.FromSeconds(31));
        await RefuseAsync(account.RefreshToken, "TOKEN_REUSE_DETECTED");
        await RefuseAsync(second.RefreshToken, "INVALID_REFRESH_TOKEN");
        await RefuseAsync("nonsense", "INVALID_REFRESH_TOKEN");
        var gone = await Account.RegisterAsync(Client);
        await Client
            .PostAsync("/api/users/me/delete", new { password = gone.Password }, gone.AccessToken)
            .ShouldBeAsync(204);
        await RefuseAsync(gone.RefreshToken, "INVALID_REFRESH_TOKEN");

        Measured("auth.refreshes")
            .ShouldBe(
                new[] { "rotated", "replayed", "rotated", "reuse_detected", "ended", "invalid", "invalid" }.Select(
                    outcome => $"auth.refresh.outcome={outcome}"
                )
            );
    }

    [Fact]
    public async Task A_use_case_is_measured_by_name_and_error_code()
    {
        var account = await Account.RegisterAsync(Client);
        await Client
            .PostAsync("/api/auth/login", new { email = account.Email, password = "not-the-one" })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await Client.PostAsync("/api/auth/login", new { }).ShouldBeInvalidAsync("email", "password");
        await Client.GetAsync("/api/auth/sessions", account.AccessToken).ShouldBeAsync(200);
        _database.Rename("Sessions", "Hidden");
        using var failed = await Client.GetAsync("/api/auth/sessions", account.AccessToken);
        await failed.ShouldBeSomeProblemAsync();

        var measured = Measured("auth.use_case.duration");
        measured
            .Take(4)
            .ShouldBe([
                "auth.use_case.name=Register",
                "auth.use_case.name=Login error.type=INVALID_CREDENTIALS",
                "auth.use_case.name=Login error.type=VALIDATION_FAILED",
                "auth.use_case.name=ListSessions",
            ]);
        measured[4].ShouldStartWith("auth.use_case.name=ListSessions error.type=");
        measured[4].ShouldEndWith("Exception");
    }

    [Fact]
    public async Task A_use_case_is_a_span_in_the_trace_of_its_caller()
    {
        var trace = ActivityTraceId.CreateRandom();
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Auth",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == trace)
                {
                    spans.Enqueue($"{span.OperationName} {Text([.. span.TagObjects])}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        foreach (var password in new[] { TestService.AdminPassword, "not-the-one" })
        {
            using var response = await Client.SendAsync(
                "POST",
                "/api/auth/login",
                new { email = TestService.AdminEmail, password },
                headers: ("traceparent", $"00-{trace}-00f067aa0ba902b7-01")
            );
        }

        spans.ShouldBe([
            "Login auth.use_case.name=Login",
            "Login auth.use_case.name=Login error.type=INVALID_CREDENTIALS",
        ]);
    }

    private async Task RefuseAsync(string refreshToken, string code) =>
        await Client.PostAsync("/api/auth/refresh", new { refreshToken }).ShouldBeProblemAsync(401, code);

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, Text(tags)));

    private List<string> Measured(string instrument) =>
        [.. _measured.Where(measured => measured.Instrument == instrument).Select(measured => measured.Tags)];

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
}
