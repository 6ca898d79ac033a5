using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.OAuth;

/// <summary>RFC 7662 on two instances: the one that is asked is not the one where something happens.</summary>
public sealed class IntrospectionTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private const string Route = "/oauth/introspect";

    private HttpClient Here => instances.First.Client;

    private HttpClient There => instances.Second.Client;

    [Fact]
    public async Task A_valid_token_of_a_user_is_active()
    {
        var asker = await CreateAskerAsync();
        var user = await Account.LoginAsAdminAsync(There);

        var answer = await asker.IntrospectAsync(Here, user.AccessToken);

        var claims = Http.Claims(user.AccessToken);
        answer.ShouldHaveMembers(
            "active",
            "token_type",
            "scope",
            "sub",
            "sid",
            "roles",
            "iss",
            "aud",
            "jti",
            "iat",
            "exp"
        );
        answer["active"]!.GetValue<bool>().ShouldBeTrue();
        answer.Text("scope").Split(' ').ShouldBe(claims.Texts("permissions"));
        answer.Text("sub").ShouldBe(user.Id.ToString());
        foreach (var name in new[] { "sid", "iss", "aud", "jti", "iat", "exp", "roles" })
        {
            answer[name]!.ToJsonString().ShouldBe(claims[name]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_valid_token_of_a_service_is_active()
    {
        var asker = await CreateAskerAsync();

        var answer = await asker.IntrospectAsync(Here, await asker.GetTokenAsync(There));

        answer["active"]!.GetValue<bool>().ShouldBeTrue();
        answer.Text("client_id").ShouldBe(asker.Id);
        answer.Text("sub").ShouldBe(asker.Id);
        answer.Text("scope").ShouldBe("tokens:introspect");
    }

    [Fact]
    public async Task Anything_else_is_inactive()
    {
        var asker = await CreateAskerAsync();
        var user = await Account.RegisterAsync(Here);
        var forged = user.AccessToken[..^2] + (user.AccessToken[^2] == 'A' ? "BA" : "AA");
        foreach (var token in new[] { user.RefreshToken, forged, "x", "a.b.c", asker.Secret })
        {
            ShouldBeInactive(await asker.IntrospectAsync(Here, token));
        }
    }

    [Fact]
    public async Task An_expired_token_is_inactive()
    {
        using var database = new TestDatabase();
        await using var here = TestService.Start(database, new TestClock());
        var asker = await CreateAskerAsync(here.Client);
        var token = await asker.GetTokenAsync(here.Client);
        here.Clock.Advance(TimeSpan.FromMinutes(5));

        ShouldBeInactive(await asker.IntrospectAsync(here.Client, token));
    }

    [Fact]
    public async Task What_happens_on_another_instance_takes_effect_at_once()
    {
        var asker = await CreateAskerAsync();
        var admin = await Account.LoginAsAdminAsync(There);

        var loggedOut = await Account.RegisterAsync(Here);
        await There.PostAsync("/api/auth/logout", body: null, loggedOut.AccessToken).ShouldBeAsync(204);
        ShouldBeInactive(await asker.IntrospectAsync(Here, loggedOut.AccessToken));

        var disabled = await Account.RegisterAsync(Here);
        await There.PostAsync($"/api/users/{disabled.Id}/disable", body: null, admin.AccessToken).ShouldBeAsync(200);
        ShouldBeInactive(await asker.IntrospectAsync(Here, disabled.AccessToken));

        var changed = await Account.RegisterAsync(Here);
        await There
            .SendAsync("PUT", $"/api/users/{changed.Id}/roles", new { roles = new[] { "editor" } }, admin.AccessToken)
            .ShouldBeAsync(200);
        ShouldBeInactive(await asker.IntrospectAsync(Here, changed.AccessToken));

        var role = await There.CreateRoleAsync(admin, "articles:read");
        var holder = await There.GiveRolesAsync(admin, await Account.RegisterAsync(Here), role);
        await There.ReplaceRoleAsync(admin, role, "articles:write");
        ShouldBeInactive(await asker.IntrospectAsync(Here, holder.AccessToken));

        var service = await Service.CreateAsync(Here, admin, role);
        var token = await service.GetTokenAsync(Here);
        await service.RemoveSecretAsync(There, admin);
        ShouldBeInactive(await asker.IntrospectAsync(Here, token));

        service = await service.AddSecretAsync(There, admin);
        token = await service.GetTokenAsync(Here);
        await There
            .SendAsync("DELETE", $"/api/service-accounts/{service.Id}", bearer: admin.AccessToken)
            .ShouldBeAsync(204);
        ShouldBeInactive(await asker.IntrospectAsync(Here, token));
    }

    [Fact]
    public async Task Only_services_with_the_permission_may_ask()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var service = await Service.CreateAsync(Here, admin, "editor");
        var asker = await CreateAskerAsync();

        await service.PostAsync(Here, Route, ("token", admin.AccessToken)).ShouldBeProblemAsync(403, "FORBIDDEN");
        await Service.PostFormAsync(Here, Route, authorization: null, ("token", "x")).ShouldBeAsync(401);
        await Service
            .PostFormAsync(Here, Route, Service.Basic(asker.Id, service.Secret), ("token", "x"))
            .ShouldBeAsync(401);
        await Service.PostFormAsync(Here, Route, new("Bearer", admin.AccessToken), ("token", "x")).ShouldBeAsync(401);
        await Service
            .PostFormAsync(
                Here,
                Route,
                authorization: null,
                ("token", "x"),
                ("client_id", asker.Id),
                ("client_secret", asker.Secret)
            )
            .ShouldBeAsync(200);
        (await asker.PostAsync(Here, Route).ShouldBeAsync(400)).Text("error").ShouldBe("invalid_request");
    }

    private Task<Service> CreateAskerAsync() => CreateAskerAsync(Here);

    private static async Task<Service> CreateAskerAsync(HttpClient client) =>
        await Service.CreateWithAsync(client, await Account.LoginAsAdminAsync(client), "tokens:introspect");

    private static void ShouldBeInactive(JsonNode answer) => answer.ToJsonString().ShouldBe("""{"active":false}""");
}
