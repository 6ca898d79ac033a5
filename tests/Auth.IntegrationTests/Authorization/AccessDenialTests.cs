using System.Diagnostics.Metrics;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Authorization;

public sealed class AccessDenialTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly MeterListener _listener = new();
    private readonly List<string> _counted = [];
    private TestService? _service;

    private TestService Service => _service!;

    private HttpClient Client => Service.Client;

    public ValueTask InitializeAsync()
    {
        _service = TestService.Start(_database);
        var meter = Service.Services.GetRequiredService<Meter>(); // of this service only: others may run at the same time
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter && instrument.Name == "auth.access_denials")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) => _counted.Add(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))
        );
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
    public async Task A_missing_permission_is_logged_and_counted_with_the_route_and_the_caller()
    {
        var caller = await Account.RegisterAsync(Client);

        await Client
            .SendAsync("DELETE", $"/api/users/{caller.Id}?note=personal", bearer: caller.AccessToken)
            .ShouldBeProblemAsync(403, "FORBIDDEN");

        Logged()
            .ShouldBe([
                "Warning Auth.Api.Problems.AccessDenials: Access denied (FORBIDDEN): DELETE api/users/{id:guid}, "
                    + $"permission users:delete, user {caller.Id}, session {caller.SessionId}",
            ]);
        _counted.ShouldBe([
            "error.type=FORBIDDEN http.request.method=DELETE http.route=api/users/{id:guid} auth.permission=users:delete",
        ]);
    }

    [Fact]
    public async Task Changing_an_administrator_without_being_one_is_logged_and_counted()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var caller = await Client.RegisterWithAsync(admin, "users:write");

        await Client
            .PostAsync($"/api/users/{admin.Id}/disable", null, caller.AccessToken)
            .ShouldBeProblemAsync(403, "FORBIDDEN");

        Logged().ShouldHaveSingleItem().ShouldContain($"user {caller.Id}");
        _counted.ShouldHaveSingleItem().ShouldContain("http.route=api/users/{id:guid}/disable");
    }

    [Fact]
    public async Task A_request_from_another_origin_is_logged_and_counted()
    {
        await Client
            .SendAsync("POST", "/api/auth/refresh", headers: ("Sec-Fetch-Site", "cross-site"))
            .ShouldBeProblemAsync(403, "CROSS_SITE_REQUEST");

        Logged().ShouldHaveSingleItem().ShouldContain("(CROSS_SITE_REQUEST): POST api/auth/refresh");
        _counted.ShouldBe(["error.type=CROSS_SITE_REQUEST http.request.method=POST http.route=api/auth/refresh"]);
    }

    [Fact]
    public async Task Allowed_requests_are_not_logged_or_counted()
    {
        var caller = await Account.RegisterAsync(Client);
        await Client.GetAsync("/api/users/me", caller.AccessToken).ShouldBeAsync(200);
        await Client.GetAsync("/api/users/me", bearer: null).ShouldBeProblemAsync(401, "MISSING_TOKEN");

        Logged().ShouldBeEmpty();
        _counted.ShouldBeEmpty();
    }

    private List<string> Logged() =>
        [
            .. Service
                .Log.Lines.Where(line => line.Contains("AccessDenials", StringComparison.Ordinal))
                .Select(line => line.TrimEnd()),
        ];
}
