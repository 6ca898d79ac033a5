using System.Globalization;
using Auth.IntegrationTests.Keys;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Revocations;

/// <summary>What ends on one instance is in the list of the other.</summary>
public sealed class RevocationListTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private HttpClient Here => instances.First.Client;

    private HttpClient There => instances.Second.Client;

    [Fact]
    public async Task A_logout_is_listed_by_the_hash_of_the_session()
    {
        var account = await Account.RegisterAsync(Here);
        await Here.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);

        // At once where it happened.
        var list = await RevocationList.FetchAsync(Here);
        list.Find("s", account.SessionId).ShouldNotBeNull().ShouldHaveMembers("t", "h", "exp");
        list.Text.ShouldNotContain(account.SessionId);

        var listed = await EventuallyAsync(There, "s", account.SessionId);
        listed.Payload.ShouldHaveMembers("iss", "iat", "exp", "cursor", "full", "events");
        listed.Payload.Text("iss").ShouldBe("https://auth.example.com");
        var (issued, expires) = (Number(listed.Payload, "iat"), Number(listed.Payload, "exp"));
        (expires - issued).ShouldBe(60); // Revocation:MaxStaleness

        // Until no token of the session can be valid any more.
        var token = Http.Claims(account.AccessToken);
        Number(listed.Find("s", account.SessionId)!, "exp").ShouldBeGreaterThan(Number(token, "exp"));
    }

    [Fact]
    public async Task Changes_of_a_user_are_listed_with_the_version_from_which_tokens_are_valid()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var account = await Account.RegisterAsync(Here);
        await Here.SendAsync(
                "PUT",
                $"/api/users/{account.Id}/roles",
                new { roles = new[] { "editor" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);

        var listed = (await EventuallyAsync(There, "u", account.Id.ToString("D"))).Find("u", account.Id.ToString("D"))!;
        listed.ShouldHaveMembers("t", "h", "ver", "exp");
        var refreshed = await account.RefreshAsync(There);

        UserVersion(account).ShouldBeLessThan(Number(listed, "ver"));
        UserVersion(refreshed).ShouldBeGreaterThanOrEqualTo(Number(listed, "ver"));
    }

    [Fact]
    public async Task Changes_of_a_role_are_listed_with_the_version_from_which_tokens_are_valid()
    {
        var admin = await Account.LoginAsAdminAsync(Here);
        var account = await Account.RegisterAsync(Here);
        var name = $"role-{Guid.CreateVersion7():n}";
        await Here.PostAsync("/api/roles", new { name, permissions = Array.Empty<string>() }, admin.AccessToken)
            .ShouldBeAsync(201);
        await Here.SendAsync("PUT", $"/api/users/{account.Id}/roles", new { roles = new[] { name } }, admin.AccessToken)
            .ShouldBeAsync(200);
        var before = await account.RefreshAsync(Here);
        await Here.SendAsync(
                "PUT",
                $"/api/roles/{name}",
                new { permissions = new[] { "articles:read" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);

        var listed = (await EventuallyAsync(There, "r", name)).Find("r", name)!;
        var refreshed = await before.RefreshAsync(There);

        (Number(Http.Claims(before.AccessToken), "ver") >> 20).ShouldBeLessThan(Number(listed, "ver"));
        (Number(Http.Claims(refreshed.AccessToken), "ver") >> 20).ShouldBeGreaterThanOrEqualTo(Number(listed, "ver"));
    }

    [Fact]
    public async Task Ending_everything_is_one_event()
    {
        using var database = new TestDatabase();
        await using var first = TestService.Start(database);
        await using var second = TestService.Start(database);
        var accounts = new[] { await Account.RegisterAsync(first.Client), await Account.RegisterAsync(first.Client) };
        var admin = await Account.LoginAsAdminAsync(first.Client);
        await first.Client.SendAsync("DELETE", "/api/sessions", bearer: admin.AccessToken).ShouldBeAsync(204);

        await Proof.EventuallyAsync(
            async () => (await RevocationList.FetchAsync(second.Client)).Events.Count > 0,
            "the revocation"
        );

        var list = await RevocationList.FetchAsync(second.Client);
        var only = list.Events.ShouldHaveSingleItem();
        only.ShouldHaveMembers("t", "iat", "exp").Text("t").ShouldBe("a");
        foreach (var account in accounts)
        {
            Number(Http.Claims(account.AccessToken), "iat").ShouldBeLessThanOrEqualTo(Number(only, "iat"));
        }
    }

    [Fact]
    public async Task An_emergency_rotation_lists_the_keys_also_on_an_instance_that_starts_later()
    {
        using var database = new TestDatabase();
        await using var first = TestService.Start(database);
        await using var second = TestService.Start(database);
        var admin = await Account.LoginAsAdminAsync(first.Client);
        var key = KeyRequests.KeyOf(admin.AccessToken);
        await first.Client.RotateAsync(admin.AccessToken, emergency: true).ShouldBeAsync(201);

        var list = await RevocationList.FetchAsync(first.Client);
        list.Find("k", key).ShouldNotBeNull().ShouldHaveMembers("t", "h", "exp");
        list.Header.Text("kid").ShouldNotBe(key);
        await EventuallyAsync(second.Client, "k", key);

        await using var late = TestService.Start(database);
        (await RevocationList.FetchAsync(late.Client)).Find("k", key).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_list_can_be_cached_for_a_second()
    {
        await using var service = new ServiceFixture();
        using var full = await service.Client.SendAsync(
            "GET",
            RevocationList.Path,
            headers: ("Origin", "https://anybody.example")
        );
        full.Headers.CacheControl!.Public.ShouldBeTrue();
        full.Headers.CacheControl.MaxAge.ShouldBe(TimeSpan.FromSeconds(1));
        full.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        var tag = full.Headers.ETag!.ToString();

        using var unchanged = await service.Client.SendAsync(
            "GET",
            RevocationList.Path,
            headers: ("If-None-Match", tag)
        );
        ((int)unchanged.StatusCode).ShouldBe(304);

        var account = await Account.RegisterAsync(service.Client);
        await service.Client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken });
        using var changed = await service.Client.SendAsync("GET", RevocationList.Path, headers: ("If-None-Match", tag));
        ((int)changed.StatusCode).ShouldBe(200);
        changed.Headers.ETag!.ToString().ShouldNotBe(tag);
    }

    [Fact]
    public async Task The_list_is_renewed_although_nothing_changes()
    {
        await using var service = new ServiceFixture();
        var first = await RevocationList.FetchAsync(service.Client);

        service.Service.Clock.Advance(TimeSpan.FromSeconds(10));
        await Proof.EventuallyAsync(
            async () =>
                Number((await RevocationList.FetchAsync(service.Client)).Payload, "exp")
                >= Number(first.Payload, "exp") + 10,
            "the renewal"
        );
    }

    [Fact]
    public async Task While_the_database_cannot_be_read_the_list_does_not_become_newer()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(
            database,
            clock: null,
            ("Revocation:PollInterval", "00:00:00.020"),
            ("Revocation:MaxStaleness", "00:00:02")
        );
        await RevocationList.FetchAsync(service.Client);

        database.Rename("Revocations", "Hidden");
        await Proof.EventuallyAsync(
            async () =>
            {
                using var response = await service.Client.SendAsync("GET", RevocationList.Path);
                return (int)response.StatusCode == 503;
            },
            "the refusal"
        );
        await service.Client.SendAsync("GET", RevocationList.Path).ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");

        database.Rename("Hidden", "Revocations");
    }

    [Fact]
    public async Task There_is_no_list_where_tokens_are_signed_with_a_shared_secret()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(
            database,
            null,
            ("Jwt:Algorithm", "HS256"),
            ("Jwt:Secret", ForgedAccessTokens.Secret)
        );

        await service.Client.SendAsync("GET", RevocationList.Path).ShouldBeProblemAsync(404, "NOT_FOUND");
        var discovery = await service.Client.SendAsync("GET", "/.well-known/openid-configuration").ShouldBeAsync(200);
        discovery["revocations_uri"].ShouldBeNull();
    }

    [Fact]
    public async Task Discovery_names_the_address()
    {
        var discovery = await Here.SendAsync("GET", "/.well-known/openid-configuration").ShouldBeAsync(200);

        discovery.Text("revocations_uri").ShouldBe("https://auth.example.com/.well-known/revocations");
    }

    private static async Task<RevocationList> EventuallyAsync(HttpClient client, string kind, string value)
    {
        RevocationList? found = null;
        await Proof.EventuallyAsync(
            async () =>
            {
                found = await RevocationList.FetchAsync(client);
                return found.Find(kind, value) is not null;
            },
            string.Create(CultureInfo.InvariantCulture, $"the event {kind} of {value}")
        );
        await found!.ShouldBeGenuineAsync(client);
        return found;
    }

    private static long UserVersion(Account account) =>
        Number(Http.Claims(account.AccessToken), "ver") & ((1 << 20) - 1);

    private static long Number(System.Text.Json.Nodes.JsonNode node, string name) => node[name]!.GetValue<long>();
}
