using System.Diagnostics;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Roles;

public sealed class ChangeRoleTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private HttpClient Here => instances.First.Client;

    private HttpClient There => instances.Second.Client;

    [Fact]
    public async Task A_change_applies_to_the_tokens_of_all_users_with_the_role_without_a_new_sign_in()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var role = await Here.CreateRoleAsync(admin, "articles:read");
        var holders = new List<Account>();
        for (var i = 0; i < 4; i++)
        {
            var account = await Account.RegisterAsync(There);
            holders.Add(await Here.GiveRolesAsync(admin, account, role, "viewer"));
        }

        var other = await Account.RegisterAsync(There);
        var copies = Proof.Rounds(everyTime: 1_000, full: 100_000);
        instances.Database.CopyUser(holders[0].Id, copies);
        var notes = instances.Database.Count("Revocations");
        var versions = VersionsOfHolders();

        var started = Stopwatch.GetTimestamp();
        await Here.ReplaceRoleAsync(admin, role, "articles:read", "articles:write");
        TestContext.Current.SendDiagnosticMessage(
            "{0} holders on {1}: {2}",
            copies,
            instances.Database.Provider,
            Stopwatch.GetElapsedTime(started)
        );

        // One row informs every instance: the cost is the same for any number of users.
        instances.Database.Count("Revocations").ShouldBe(notes + 1);
        VersionsOfHolders().ShouldBe(versions);
        foreach (var holder in holders)
        {
            await Here.GetAsync("/api/auth/me", holder.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            await Proof.EventuallyAsync(
                async () =>
                {
                    using var response = await There.GetAsync("/api/auth/me", holder.AccessToken);
                    return (int)response.StatusCode == 401;
                },
                "the end of the access token"
            );
            var problem = await There
                .GetAsync("/api/auth/me", holder.AccessToken)
                .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            problem.Text("reason").ShouldBe("roles_changed");
            var refreshed = await holder.RefreshAsync(There);
            var claims = Http.Claims(refreshed.AccessToken);
            claims.Texts("permissions").ShouldBe(["articles:read", "articles:write"]);
            claims["ver"]!
                .GetValue<long>()
                .ShouldBeGreaterThan(Http.Claims(holder.AccessToken)["ver"]!.GetValue<long>());
            await Here.GetAsync("/api/auth/me", refreshed.AccessToken).ShouldBeAsync(200);
            await There.GetAsync("/api/auth/me", refreshed.AccessToken).ShouldBeAsync(200);
        }

        await Here.GetAsync("/api/auth/me", other.AccessToken).ShouldBeAsync(200);
        await There.GetAsync("/api/auth/me", other.AccessToken).ShouldBeAsync(200);

        object? VersionsOfHolders() => instances.Database.Scalar("SELECT SUM(\"TokenVersion\") FROM \"Users\"");
    }

    [Fact]
    public async Task A_token_issued_after_the_change_is_valid_on_instances_that_have_not_seen_it_yet()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var role = await Here.CreateRoleAsync(admin);
        var user = await Account.RegisterAsync(Here);
        var account = await Here.GiveRolesAsync(admin, user, role);

        for (var round = 0; round < 20; round++)
        {
            await Here.ReplaceRoleAsync(admin, role, $"articles:action{round}");
            account = await account.RefreshAsync(There);
            await There.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
            await Here.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
            Http.Claims(account.AccessToken).Texts("permissions").ShouldBe([$"articles:action{round}"]);
        }
    }

    [Fact]
    public async Task A_new_description_or_the_same_permissions_leave_the_tokens_alone()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var role = await Here.CreateRoleAsync(admin, "articles:read");
        var user = await Account.RegisterAsync(Here);
        var account = await Here.GiveRolesAsync(admin, user, role);

        await Here.SendAsync(
                "PUT",
                $"/api/roles/{role}",
                new { description = "Reads.", permissions = new[] { "articles:read" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);

        await Here.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_role_recreated_under_an_old_name_starts_with_valid_tokens()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var role = await Here.CreateRoleAsync(admin, "articles:read");
        await Here.ReplaceRoleAsync(admin, role, "articles:write");
        await Here.SendAsync("DELETE", $"/api/roles/{role}", bearer: admin.AccessToken).ShouldBeAsync(204);
        await Here.PostAsync("/api/roles", new { name = role, permissions = new[] { "a:b" } }, admin.AccessToken)
            .ShouldBeAsync(201);

        var user = await Account.RegisterAsync(Here);
        var account = await Here.GiveRolesAsync(admin, user, role);

        await Here.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task New_permissions_are_granted_to_administrators_at_startup()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var all = Http.Claims(admin.AccessToken).Texts("permissions").ToList();
        instances.Database.Execute(
            "UPDATE \"Roles\" SET \"Permissions\" = 'articles:own users:read' WHERE \"Name\" = 'admin'"
        );

        await using var newer = TestService.Start(instances.Database);

        var refreshed = await admin.RefreshAsync(newer.Client);
        Http.Claims(refreshed.AccessToken).Texts("permissions").ShouldBe([.. all.Prepend("articles:own").Order()]);
        await newer.Client.GetAsync("/api/auth/me", admin.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task A_dry_run_reports_who_would_gain_and_lose_what_and_changes_nothing()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var role = await Here.CreateRoleAsync(admin, "books:read", "books:lend");
        var reader = await Here.CreateRoleAsync(admin, "books:read", "books:sell");
        var first = await Account.RegisterAsync(Here);
        var second = await Account.RegisterAsync(Here);
        var third = await Account.RegisterAsync(Here);
        first = await Here.GiveRolesAsync(admin, first, role);
        await Here.GiveRolesAsync(admin, second, role, reader);
        await Here.GiveRolesAsync(admin, third, reader);

        var answer = await Here.SendAsync(
                "PUT",
                $"/api/roles/{role}?dryRun=true",
                new { permissions = new[] { "books:sell", "books:burn" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);

        answer.Texts("permissions").ShouldBe(["books:burn", "books:sell"]);
        answer["effect"]!["holders"]!.GetValue<int>().ShouldBe(2);
        Effects("gained").ShouldBe(["books:burn 2", "books:sell 1"]);
        Effects("lost").ShouldBe(["books:lend 2", "books:read 1"]);
        await Here.GetAsync("/api/auth/me", first.AccessToken).ShouldBeAsync(200);
        var unchanged = await Here.GetAsync($"/api/roles/{role}", admin.AccessToken).ShouldBeAsync(200);
        unchanged.Texts("permissions").ShouldBe(["books:lend", "books:read"]);
        await Here.SendAsync(
                "PUT",
                $"/api/roles/{role}?dryRun=maybe",
                new { permissions = Array.Empty<string>() },
                admin.AccessToken
            )
            .ShouldBeProblemAsync(400, "VALIDATION_FAILED");

        IEnumerable<string> Effects(string name) =>
            answer["effect"]![name]!
                .AsArray()
                .Select(item => $"{item!.Text("permission")} {item!["users"]!.GetValue<int>()}");
    }
}
