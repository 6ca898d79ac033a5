using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Audit;

public sealed class ListAuditTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task Records_have_actor_type_user_and_origin()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var account = await Account.RegisterAsync(_client);
        await _client
            .SendAsync(
                "PUT",
                $"/api/users/{account.Id}/roles",
                new { roles = new[] { "editor" } },
                admin.AccessToken,
                headers: ("User-Agent", "console/1.0")
            )
            .ShouldBeAsync(200);

        var page = await ReadAsync(admin, $"userId={account.Id}&type=user.roles_changed");

        var item = page["items"]!.AsArray().ShouldHaveSingleItem()!;
        item.Text("type").ShouldBe("user.roles_changed");
        item.Text("outcome").ShouldBe("success");
        item.Text("userId").ShouldBe(account.Id.ToString());
        item.Text("actorId").ShouldBe(admin.Id.ToString());
        item.Text("ipAddress").ShouldBe("127.0.0.1");
        item.Text("userAgent").ShouldBe("console/1.0");
        item.Text("detail").ShouldBe("from [viewer] to [editor]");
        item.Text("occurredAt").ShouldEndWith("Z");
        item["sessionId"].ShouldBeNull();
        page["nextCursor"].ShouldBeNull();
    }

    [Fact]
    public async Task Every_event_is_recorded_without_secrets()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var account = await Account.RegisterAsync(_client, password: "a-sentinel-of-glass-and-tin");
        var phone = await account.LoginAgainAsync(_client);
        await _client.PostAsync("/api/auth/login", new { email = account.Email, password = "wrong-sentinel" });
        await _client.SendAsync("DELETE", $"/api/auth/sessions/{phone.SessionId}", bearer: account.AccessToken);
        await _client.PostAsync(
            "/api/auth/change-password",
            new { currentPassword = account.Password, newPassword = "another-sentinel-of-brass" },
            account.AccessToken
        );
        var role = await _client.CreateRoleAsync(admin, "articles:read");
        await _client.ReplaceRoleAsync(admin, role, "articles:write");
        await _client.SendAsync("DELETE", $"/api/roles/{role}", bearer: admin.AccessToken);
        await _client.SendAsync(
            "PUT",
            $"/api/users/{account.Id}/roles",
            new { roles = new[] { "editor" } },
            admin.AccessToken
        );
        await _client.PostAsync($"/api/users/{account.Id}/disable", body: null, admin.AccessToken);
        await _client.PostAsync($"/api/users/{account.Id}/enable", body: null, admin.AccessToken);
        var again = await Account.LoginAsync(_client, account.Email, "another-sentinel-of-brass");
        await _client.PostAsync("/api/auth/logout", new { refreshToken = again.RefreshToken });
        await _client.SendAsync("DELETE", $"/api/users/{account.Id}", bearer: admin.AccessToken);

        var ofUser = (await ReadAsync(admin, $"userId={account.Id}&limit=200"))["items"]!.AsArray();
        ofUser
            .Select(item => item!.Text("type"))
            .Reverse()
            .ShouldBe([
                "user.registered",
                "login.succeeded",
                "login.failed",
                "session.revoked",
                "password.changed",
                "user.roles_changed",
                "user.disabled",
                "user.enabled",
                "login.succeeded",
                "logout",
                "user.deleted",
            ]);
        foreach (
            var (type, detail) in new[]
            {
                ("role.created", $"{role}: [articles:read]"),
                ("role.changed", $"{role}: +articles:write -articles:read"),
                ("role.deleted", $"{role}: [articles:write]"),
            }
        )
        {
            var items = (await ReadAsync(admin, $"type={type}"))["items"]!.AsArray();
            items.Select(item => item!["detail"]!.GetValue<string>()).ShouldContain(detail);
            items.ShouldAllBe(item => item!.Text("actorId") == admin.Id.ToString());
        }

        var everything = (await ReadAsync(admin, "limit=200")).ToJsonString();
        everything.ShouldNotContain("sentinel");
        everything.ShouldNotContain(account.Email);
        everything.ShouldNotContain(account.RefreshToken);
    }

    [Fact]
    public async Task Pages_go_from_newest_to_oldest_while_records_are_added()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var account = await Account.RegisterAsync(_client);
        for (var i = 0; i < 12; i++)
        {
            await account.LoginAgainAsync(_client);
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ReadAsync(admin, $"userId={account.Id}&limit=3&cursor={cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(item => item!.Text("id")));
            cursor = page["nextCursor"]?.GetValue<string>();
            await account.LoginAgainAsync(_client);
        } while (cursor is not null);

        seen.Count.ShouldBe(13);
        seen.Distinct().Count().ShouldBe(13);
        seen.ShouldBe(seen.OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_with_all_results_has_no_next_cursor()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var account = await Account.RegisterAsync(_client);
        await account.LoginAgainAsync(_client);

        (await ReadAsync(admin, $"userId={account.Id}&limit=1"))["nextCursor"].ShouldNotBeNull();
        (await ReadAsync(admin, $"userId={account.Id}&limit=2"))["nextCursor"].ShouldBeNull();
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(3155378975999999999, true)]
    [InlineData(3155378976000000000, false)]
    public async Task The_time_of_a_cursor_is_in_the_years_1_to_9999(long ticks, bool isOne)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var bytes = new byte[sizeof(long) + 16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, ticks);

        var answer = _client.GetAsync($"/api/audit?cursor={Base64Url.EncodeToString(bytes)}", admin.AccessToken);

        if (isOne)
        {
            var page = await answer.ShouldBeAsync(200);
            (page["items"]!.AsArray().Count > 0).ShouldBe(ticks > 0);
        }
        else
        {
            await answer.ShouldBeInvalidAsync("cursor");
        }
    }

    [Fact]
    public async Task From_is_included_and_to_is_not()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var account = await Account.RegisterAsync(_client);
        var item = (await ReadAsync(admin, $"userId={account.Id}"))["items"]![0]!;
        var at = item["occurredAt"]!.GetValue<string>();

        (await CountAsync($"from={at}")).ShouldBe(1);
        (await CountAsync($"to={at}")).ShouldBe(0);
        var instant = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(2));
        var elsewhere = instant.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
        (await CountAsync($"from={Uri.EscapeDataString(elsewhere)}")).ShouldBe(1);
        (await CountAsync($"from={elsewhere}")).ShouldBe(1, "an unescaped plus sign arrives as a space");
        (await CountAsync("from=2000-01-01T00:00:00Z&to=2000-01-02T00:00:00.5Z")).ShouldBe(0);
        (await CountAsync("type=no.such_event")).ShouldBe(0);

        async Task<int> CountAsync(string filter) =>
            (await ReadAsync(admin, $"userId={account.Id}&{filter}"))["items"]!.AsArray().Count;
    }

    [Theory]
    [InlineData("userId", "42")]
    [InlineData("type", "Login!")]
    [InlineData("from", "yesterday")]
    [InlineData("from", "2026-01-01")]
    [InlineData("from", "2026-01-01T00:00:00")]
    [InlineData("to", "2026-13-01T00:00:00Z")]
    [InlineData("limit", "0")]
    [InlineData("limit", "201")]
    [InlineData("limit", "many")]
    [InlineData("cursor", "abc")]
    [InlineData("cursor", "AAAA!")]
    public async Task Invalid_parameters_are_rejected_by_name(string name, string value)
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        var problem = await _client
            .GetAsync($"/api/audit?{name}={Uri.EscapeDataString(value)}", admin.AccessToken)
            .ShouldBeProblemAsync(400, "VALIDATION_FAILED");

        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe([name]);
    }

    private Task<JsonNode> ReadAsync(Account admin, string query) =>
        _client.GetAsync($"/api/audit?{query}", admin.AccessToken).ShouldBeAsync(200);
}
