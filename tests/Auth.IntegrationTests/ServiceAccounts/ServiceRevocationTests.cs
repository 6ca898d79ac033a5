using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.ServiceAccounts;

/// <summary>What ends the tokens of services, on both of two instances.</summary>
public sealed class ServiceRevocationTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private HttpClient Here => instances.First.Client;

    private HttpClient There => instances.Second.Client;

    [Fact]
    public async Task Removing_a_secret_ends_its_tokens_and_no_others()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var before = await Service.CreateAsync(Here, admin);
        var after = await before.AddSecretAsync(Here, admin);
        string[] ended = [await before.GetTokenAsync(Here), await before.GetTokenAsync(There)];
        var kept = await after.GetTokenAsync(There);

        await before.RemoveSecretAsync(Here, admin);

        foreach (var token in ended)
        {
            await ShouldEndAsync(token, "secret_removed");
        }

        await There.GetAsync("/api/auth/me", kept).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Disabling_an_account_ends_all_of_its_tokens()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var service = await Service.CreateAsync(Here, admin);
        var token = await service.GetTokenAsync(There);

        await ReplaceAsync(admin, service, "disabled");

        await ShouldEndAsync(token, "user_disabled");
        await service.AskForTokenAsync(There).ShouldBeAsync(401);
        await ReplaceAsync(admin, service, "active");
        await There.GetAsync("/api/auth/me", token).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        await There.GetAsync("/api/auth/me", await service.GetTokenAsync(There)).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Deleting_an_account_ends_all_of_its_tokens()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var service = await Service.CreateAsync(Here, admin);
        var token = await service.GetTokenAsync(There);

        await Here.SendAsync("DELETE", $"/api/service-accounts/{service.Id}", bearer: admin.AccessToken)
            .ShouldBeAsync(204);

        await ShouldEndAsync(token, "user_deleted");
        await service.AskForTokenAsync(There).ShouldBeAsync(401);
    }

    [Fact]
    public async Task New_roles_and_new_permissions_of_a_role_end_earlier_tokens()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var role = await Here.CreateRoleAsync(admin, "articles:read");
        var service = await Service.CreateAsync(Here, admin, role);
        var first = await service.GetTokenAsync(There, "articles:read");

        await Here.ReplaceRoleAsync(admin, role, "articles:write");
        await ShouldEndAsync(first, "roles_changed");
        var second = await service.GetTokenAsync(There);
        Http.Claims(second).Texts("permissions").ShouldBe(["articles:write"]);
        await There.GetAsync("/api/auth/me", second).ShouldBeAsync(200);

        await ReplaceAsync(admin, service, "active", "viewer");
        await ShouldEndAsync(second, "roles_changed");
    }

    private async Task ReplaceAsync(Account admin, Service service, string status, params string[] roles) =>
        await Here.SendAsync(
                "PUT",
                $"/api/service-accounts/{service.Id}",
                new
                {
                    name = Service.NewName(),
                    roles,
                    status,
                },
                admin.AccessToken
            )
            .ShouldBeAsync(200);

    private async Task ShouldEndAsync(string token, string reason)
    {
        foreach (var client in new[] { Here, There })
        {
            await Proof.EventuallyAsync(
                async () =>
                {
                    using var response = await client.GetAsync("/api/auth/me", token);
                    return (int)response.StatusCode == 401;
                },
                "the end of the access token"
            );
            var problem = await client.GetAsync("/api/auth/me", token).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            problem.Text("reason").ShouldBe(reason);
        }
    }
}
