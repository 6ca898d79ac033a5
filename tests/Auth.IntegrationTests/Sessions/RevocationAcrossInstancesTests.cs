using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

public sealed class RevocationAcrossInstancesTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private HttpClient Here => instances.First.Client;

    private HttpClient There => instances.Second.Client;

    [Fact]
    public async Task A_logout_revokes_the_access_tokens_of_that_session_only()
    {
        var phone = await Account.RegisterAsync(Here);
        var laptop = await phone.LoginAgainAsync(There);

        await Here.PostAsync("/api/auth/logout", new { refreshToken = phone.RefreshToken }).ShouldBeAsync(204);

        await ShouldEndAsync(phone, "logout");
        await There.GetAsync("/api/auth/me", laptop.AccessToken).ShouldBeAsync(200);
        await laptop.RefreshAsync(There);
        await phone.ShouldHaveEndedAsync(There, "logout");
    }

    [Fact]
    public async Task Logging_out_everywhere_ends_every_session()
    {
        var phone = await Account.RegisterAsync(Here);
        var laptop = await phone.LoginAgainAsync(There);

        await Here.PostAsync("/api/auth/logout-all", body: null, phone.AccessToken).ShouldBeAsync(204);

        await ShouldEndAsync(phone, "logout_all");
        await ShouldEndAsync(laptop, "logout_all");
        await laptop.ShouldHaveEndedAsync(There, "logout_all");
    }

    [Fact]
    public async Task Deleting_a_session_ends_it()
    {
        var phone = await Account.RegisterAsync(Here);
        var laptop = await phone.LoginAgainAsync(There);

        await Here.SendAsync("DELETE", $"/api/auth/sessions/{laptop.SessionId}", bearer: phone.AccessToken)
            .ShouldBeAsync(204);

        await ShouldEndAsync(laptop, "session_revoked");
        await laptop.ShouldHaveEndedAsync(There, "session_revoked");
        await There.GetAsync("/api/auth/me", phone.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_the_current_one()
    {
        var phone = await Account.RegisterAsync(Here);
        var laptop = await phone.LoginAgainAsync(There);

        await Here.PostAsync(
                "/api/auth/change-password",
                new { currentPassword = phone.Password, newPassword = "quite-another-battery-staple" },
                phone.AccessToken
            )
            .ShouldBeAsync(204);

        await ShouldEndAsync(laptop, "password_changed");
        await laptop.ShouldHaveEndedAsync(There, "password_changed");
        await ShouldEndAsync(phone, "password_changed");
        var refreshed = await phone.RefreshAsync(There);
        await Here.GetAsync("/api/auth/me", refreshed.AccessToken).ShouldBeAsync(200);
        await There.GetAsync("/api/auth/me", refreshed.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_sessions_and_enabling_does_not_revive_them()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var account = await Account.RegisterAsync(There);

        var disabled = await Here.PostAsync($"/api/users/{account.Id}/disable", body: null, admin.AccessToken)
            .ShouldBeAsync(200);

        disabled.Text("status").ShouldBe("disabled");
        await ShouldEndAsync(account, "user_disabled");
        await account.ShouldHaveEndedAsync(There, "user_disabled");
        var login = new { email = account.Email, password = account.Password };
        await There.PostAsync("/api/auth/login", login).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        var enabled = await Here.PostAsync($"/api/users/{account.Id}/enable", body: null, admin.AccessToken)
            .ShouldBeAsync(200);
        enabled.Text("status").ShouldBe("active");
        await account.ShouldHaveEndedAsync(There, "user_disabled");
        await account.LoginAgainAsync(There);
    }

    [Fact]
    public async Task New_roles_are_in_the_token_after_the_next_refresh_without_signing_in_again()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var account = await Account.RegisterAsync(There);

        await Here.SendAsync(
                "PUT",
                $"/api/users/{account.Id}/roles",
                new { roles = new[] { "editor" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);

        await ShouldEndAsync(account, "roles_changed");
        var refreshed = await account.RefreshAsync(There);
        Http.Claims(refreshed.AccessToken).Texts("roles").ShouldBe(["editor"]);
        Http.Claims(refreshed.AccessToken).Texts("permissions").ShouldBe(["roles:read", "users:read"]);
        await There.GetAsync("/api/users", refreshed.AccessToken).ShouldBeAsync(200);
        await Here.GetAsync("/api/users", refreshed.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Deleting_the_account_ends_its_sessions()
    {
        var account = await Account.RegisterAsync(Here);

        await Here.PostAsync("/api/users/me/delete", new { password = account.Password }, account.AccessToken)
            .ShouldBeAsync(204);

        await ShouldEndAsync(account, "user_deleted");
        await There
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
    }

    [Fact]
    public async Task A_replay_after_the_window_ends_that_session_only()
    {
        await using var here = TestService.Start(instances.Database, new TestClock());
        var phone = await Account.RegisterAsync(here.Client);
        var laptop = await phone.LoginAgainAsync(There);
        var rotated = await phone.RefreshAsync(here.Client);
        here.Clock.Advance(TimeSpan.FromSeconds(31));

        await here
            .Client.PostAsync("/api/auth/refresh", new { refreshToken = phone.RefreshToken })
            .ShouldBeProblemAsync(401, "TOKEN_REUSE_DETECTED");

        await ShouldEndAsync(rotated, "reuse_detected");
        await here.Client.GetAsync("/api/auth/me", rotated.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        await rotated.ShouldHaveEndedAsync(There, "reuse_detected");
        await There.GetAsync("/api/auth/me", laptop.AccessToken).ShouldBeAsync(200);
        await laptop.RefreshAsync(here.Client);
    }

    [Fact]
    public async Task Revocations_from_before_an_instance_started_apply_to_it()
    {
        var account = await Account.RegisterAsync(Here);
        await Here.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);

        await using var late = TestService.Start(instances.Database);

        await late.Client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
    }

    /// <summary>After each instance has polled; tests with single instances prove that it is immediate there.</summary>
    private async Task ShouldEndAsync(Account account, string reason)
    {
        foreach (var client in new[] { Here, There })
        {
            await Proof.EventuallyAsync(
                async () =>
                {
                    using var response = await client.GetAsync("/api/auth/me", account.AccessToken);
                    return (int)response.StatusCode == 401;
                },
                "the end of the access token"
            );
            var problem = await client
                .GetAsync("/api/auth/me", account.AccessToken)
                .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            problem.Text("reason").ShouldBe(reason);
        }
    }
}
