using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Factors;

/// <summary><c>SecondFactor:RequiredForRoles</c>.</summary>
public sealed class RequiredFactorTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly TestService _service;
    private readonly HttpClient _client;

    public RequiredFactorTests()
    {
        _service = TestService.Start(_database, settings: [("SecondFactor:RequiredForRoles:0", "Admin")]);
        _client = _service.Client;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Administrative_changes_wait_for_a_factor()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        await _client.GetAsync("/api/users", admin.AccessToken).ShouldBeAsync(200);
        var problem = await ChangeAsync(admin).ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");
        problem.Text("acrValues").ShouldBe("mfa");

        admin = (await _client.EnrolAppAsync(admin, _service.Clock)).Account;

        await ChangeAsync(admin).ShouldBeAsync(201);
    }

    [Fact]
    public async Task Personal_operations_and_other_roles_do_not()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        await _client.GetAsync("/api/users/me/export", admin.AccessToken).ShouldBeAsync(200);
        var enrolled = (await _client.EnrolAppAsync(admin, _service.Clock)).Account;
        await ChangeAsync(await _client.RegisterWithAsync(enrolled, "roles:write")).ShouldBeAsync(201);
    }

    [Fact]
    public async Task A_factor_that_was_removed_no_longer_counts()
    {
        var enrolled = await _client.EnrolAppAsync(await Account.LoginAsAdminAsync(_client), _service.Clock);
        await _client
            .SendAsync("DELETE", $"/api/auth/factors/{enrolled.Id}", bearer: enrolled.Account.AccessToken)
            .ShouldBeAsync(204);

        await ChangeAsync(await enrolled.Account.RefreshAsync(_client)).ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");
    }

    [Fact]
    public async Task It_applies_without_a_maximum_age_as_well()
    {
        await using var service = TestService.Start(
            _database,
            _service.Clock,
            ("SecondFactor:RequiredForRoles:0", "admin"),
            ("StepUp:MaxAge", "00:00:00")
        );
        var admin = await Account.LoginAsAdminAsync(service.Client);
        await ChangeAsync(admin, service.Client).ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");

        admin = (await service.Client.EnrolAppAsync(admin, _service.Clock)).Account;
        _service.Clock.Advance(TimeSpan.FromHours(1));

        await ChangeAsync(await admin.RefreshAsync(service.Client), service.Client).ShouldBeAsync(201);
    }

    private Task<HttpResponseMessage> ChangeAsync(Account admin, HttpClient? client = null) =>
        (client ?? _client).PostAsync(
            "/api/roles",
            new { name = Administration.NewRoleName(), permissions = Array.Empty<string>() },
            admin.AccessToken
        );
}
