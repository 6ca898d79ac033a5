using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

public sealed class EndAllSessionsTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private HttpClient Here => instances.First.Client;

    private HttpClient There => instances.Second.Client;

    [Fact]
    public async Task An_administrator_ends_all_sessions_on_every_instance()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var phone = await Account.RegisterAsync(Here);
        var laptop = await phone.LoginAgainAsync(There);
        var somebody = await Account.RegisterAsync(There);
        var service = await Service.CreateAsync(Here, admin);
        var serviceToken = await service.GetTokenAsync(There);

        await Here.SendAsync("DELETE", "/api/sessions", bearer: admin.AccessToken).ShouldBeAsync(204);

        foreach (var account in new[] { admin, phone, laptop, somebody })
        {
            await account.ShouldHaveEndedAsync(There, "admin_revoked");
            await ShouldBeRevokedAsync(account);
        }

        await There.GetAsync("/api/auth/me", serviceToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");

        // New sign-ins and tokens of services are not affected.
        await Here.GetAsync("/api/auth/me", await service.GetTokenAsync(There)).ShouldBeAsync(200);
        var again = await somebody.LoginAgainAsync(There);
        await Here.GetAsync("/api/auth/me", again.AccessToken).ShouldBeAsync(200);
        await again.RefreshAsync(Here);

        admin = await Account.LoginAsAdminAsync(Here);
        var records = await Here.GetAsync("/api/audit?type=sessions.all_revoked", admin.AccessToken).ShouldBeAsync(200);
        var record = records["items"]!.AsArray().Single(item => item!.Text("actorId") == admin.Id.ToString())!;
        record.Text("detail").ShouldBe("all users");
    }

    [Fact]
    public async Task Non_administrators_cannot_end_sessions_of_administrators()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var somebody = await Account.RegisterAsync(Here);
        var caller = await Here.RegisterWithAsync(admin, "sessions:revoke");

        await There.SendAsync("DELETE", "/api/sessions", bearer: caller.AccessToken).ShouldBeAsync(204);

        await somebody.ShouldHaveEndedAsync(Here, "admin_revoked");
        await ShouldBeRevokedAsync(somebody);
        await ShouldBeRevokedAsync(caller);
        await Here.GetAsync("/api/auth/me", admin.AccessToken).ShouldBeAsync(200);
        await admin.RefreshAsync(There);

        var records = await Here.GetAsync("/api/audit?type=sessions.all_revoked", admin.AccessToken).ShouldBeAsync(200);
        var record = records["items"]!.AsArray().Single(item => item!.Text("actorId") == caller.Id.ToString())!;
        record.Text("detail").ShouldBe("all users but the administrators");
    }

    private async Task ShouldBeRevokedAsync(Account account)
    {
        foreach (var instance in new[] { Here, There })
        {
            await Proof.EventuallyAsync(
                async () =>
                {
                    using var response = await instance.GetAsync("/api/auth/me", account.AccessToken);
                    return (int)response.StatusCode == 401;
                },
                "the revocation of the access token"
            );
            var problem = await instance
                .GetAsync("/api/auth/me", account.AccessToken)
                .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            problem.Text("reason").ShouldBe("admin_revoked");
        }
    }
}
