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
    }

    private Task<HttpResponseMessage> ChangeAsync(Account admin) =>
        _client.PostAsync(
            "/api/roles",
            new { name = Administration.NewRoleName(), permissions = Array.Empty<string>() },
            admin.AccessToken
        );
}
