using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Races;

/// <summary>
/// Constraints of the database that the service does not know, like those of a later version: a command that violates one
/// loses on every attempt.
/// </summary>
public sealed class UnknownRuleTests : IAsyncDisposable
{
    private readonly ServiceFixture _service = new();

    private HttpClient Client => _service.Client;

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_unique_index_violation_is_a_lost_race()
    {
        var one = await Account.RegisterAsync(Client);
        var other = await Account.RegisterAsync(Client);
        await RenameAsync(one, "Ada").ShouldBeAsync(200);
        await RenameAsync(other, "Grace").ShouldBeAsync(200);
        MakeUnique("Users", "DisplayName");

        await RenameAsync(other, "Ada").ShouldBeProblemAsync(409, "CONCURRENT_UPDATE");

        var stored = await Client.GetAsync("/api/users/me", other.AccessToken).ShouldBeAsync(200);
        stored.Text("displayName").ShouldBe("Grace");
    }

    [Fact]
    public async Task A_foreign_key_violation_is_a_lost_race()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var role = await CreateReferencedRoleAsync(admin);

        await DeleteRoleAsync(admin, role).ShouldBeProblemAsync(409, "CONCURRENT_UPDATE");

        await Client.GetAsync($"/api/roles/{role}", admin.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Losing_a_race_does_not_use_up_an_audit_chain()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var role = await CreateReferencedRoleAsync(admin);
        var chains = _service.Database.Count("AuditChains");

        await DeleteRoleAsync(admin, role).ShouldBeProblemAsync(409, "CONCURRENT_UPDATE");

        await Client.CreateRoleAsync(admin);
        _service.Database.Count("AuditChains").ShouldBe(chains);
    }

    [Fact]
    public async Task A_key_rotation_that_never_succeeds_gives_up()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        MakeUnique("SigningKeys", "Algorithm");

        await Client
            .PostAsync("/api/keys/rotate", body: null, admin.AccessToken)
            .ShouldBeProblemAsync(409, "CONCURRENT_UPDATE");

        _service.Database.Count("SigningKeys").ShouldBe(1);
    }

    [Fact]
    public async Task A_logout_that_could_not_be_saved_keeps_the_cookie()
    {
        MakeUnique("Sessions", "EndReason", "\"EndReason\" IS NOT NULL");
        var first = await Account.RegisterAsync(Client);
        await Client.PostAsync("/api/auth/logout", body: null, first.AccessToken).ShouldBeAsync(204);
        var second = await Account.RegisterAsync(Client);

        using var answer = await Client.PostAsync("/api/auth/logout", body: null, second.AccessToken);

        await answer.ShouldBeProblemAsync(409, "CONCURRENT_UPDATE");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        await second.RefreshAsync(Client);
    }

    /// <summary>Creates a role that is referenced by a table unknown to the service.</summary>
    private async Task<string> CreateReferencedRoleAsync(Account admin)
    {
        var role = await Client.CreateRoleAsync(admin);
        var type = _service.Database.Provider switch
        {
            "Sqlite" => "TEXT",
            "Postgres" => "uuid",
            _ => "uniqueidentifier",
        };
        _service.Database.Execute($"CREATE TABLE \"Later\" (\"RoleId\" {type} NOT NULL REFERENCES \"Roles\" (\"Id\"))");
        _service.Database.Execute($"INSERT INTO \"Later\" SELECT \"Id\" FROM \"Roles\" WHERE \"Name\" = '{role}'");
        return role;
    }

    private Task<HttpResponseMessage> DeleteRoleAsync(Account admin, string role) =>
        Client.SendAsync("DELETE", $"/api/roles/{role}", bearer: admin.AccessToken);

    private Task<HttpResponseMessage> RenameAsync(Account account, string displayName) =>
        Client.SendAsync("PATCH", "/api/users/me", new { displayName }, account.AccessToken);

    private void MakeUnique(string table, string column, string? condition = null)
    {
        var where = condition is null ? "" : $" WHERE {condition}";
        _service.Database.Execute($"CREATE UNIQUE INDEX \"UX_Later\" ON \"{table}\" (\"{column}\"){where}");
    }
}
