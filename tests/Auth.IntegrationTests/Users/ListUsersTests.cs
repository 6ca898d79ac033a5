using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class ListUsersTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_list_has_exactly_the_properties_of_the_contract()
    {
        await Account.RegisterAsync(_client);

        using var response = await GetAsync("");

        var page = (await response.ShouldBeAsync(200)).ShouldHaveMembers("items", "nextCursor");
        page["items"]!.AsArray().Count.ShouldBeGreaterThan(1);
        page["items"]!.AsArray().ShouldAllBe(user => user!.ShouldBeUser() != null);
        page["items"]!.ToJsonString().ShouldNotContain("$");
        response.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Paging_returns_everything_oldest_first(int limit)
    {
        var prefix = NewPrefix();
        var emails = await RegisterAsync(prefix, 7);

        var (found, pages) = await ReadAllAsync($"search={prefix}", limit);

        found.ShouldBe(emails);
        pages.ShouldBe((7 + limit - 1) / limit);
    }

    [Fact]
    public async Task A_page_has_50_users_by_default()
    {
        var prefix = NewPrefix();
        await RegisterAsync(prefix, 51);

        Emails(await GetAsync($"?search={prefix}").ShouldBeAsync(200)).Count.ShouldBe(50);
        Emails(await GetAsync($"?search={prefix}&limit=200").ShouldBeAsync(200)).Count.ShouldBe(51);
    }

    [Fact]
    public async Task The_search_matches_the_start_of_an_address_in_any_case()
    {
        var prefix = NewPrefix();
        var email = $"{prefix}.Straße_50@Example.com";
        await Account.RegisterAsync(_client, email);

        foreach (
            var search in new[] { prefix, prefix.ToUpperInvariant(), email, email.ToUpperInvariant(), prefix + ".STRA" }
        )
        {
            Emails(await SearchAsync(search)).ShouldBe([email], search);
        }

        foreach (
            var search in new[]
            {
                prefix[1..],
                prefix + "%",
                prefix + "_",
                prefix + "*",
                "%",
                "%" + prefix,
                prefix + "'",
            }
        )
        {
            Emails(await SearchAsync(search)).ShouldNotContain(email, search);
        }
    }

    [Fact]
    public async Task Users_are_filtered_by_roles_and_status()
    {
        var prefix = NewPrefix();
        var emails = await RegisterAsync(prefix, 3);
        var admin = await Account.LoginAsAdminAsync(_client);
        var editor = await Account.LoginAsync(_client, emails[1], Account.DefaultPassword);
        await _client
            .SendAsync("PATCH", $"/api/users/{editor.Id}/role", new { role = "editor" }, admin.AccessToken)
            .ShouldBeAsync(200);
        var disabled = await Account.LoginAsync(_client, emails[2], Account.DefaultPassword);
        fixture.Database.Execute(
            $"UPDATE \"Users\" SET \"Status\" = 'Disabled' WHERE {fixture.Database.IdIs(disabled.Id.ToString())}"
        );

        (await ReadAllAsync($"search={prefix}&role=editor", 1)).Emails.ShouldBe([emails[1]]);
        (await ReadAllAsync($"search={prefix}&role=viewer", 1)).Emails.ShouldBe([emails[0], emails[2]]);
        (await ReadAllAsync($"search={prefix}&status=disabled", 1)).Emails.ShouldBe([emails[2]]);
        (await ReadAllAsync($"search={prefix}&status=active", 1)).Emails.ShouldBe([emails[0], emails[1]]);
        (await ReadAllAsync($"search={prefix}&status=active&role=viewer", 1)).Emails.ShouldBe([emails[0]]);
        (await ReadAllAsync("role=admin", 1)).Emails.ShouldBe([TestService.AdminEmail]);
        (await ReadAllAsync("role=nobody-has-this", 1)).Emails.ShouldBeEmpty();
        var found = await GetAsync($"?search={emails[2]}").ShouldBeAsync(200);
        found["items"]![0]!.Text("status").ShouldBe("disabled");
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=2147483648", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=%2310", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=__________________________________________", "cursor")]
    [InlineData("status=sleeping", "status")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("limit=1&LIMIT=1", "limit")]
    [InlineData("role=viewer&role=admin", "role")]
    [InlineData("role=%00", "role")]
    public async Task An_invalid_parameter_is_named(string query, string name)
    {
        await GetAsync("?" + query).ShouldBeInvalidAsync(name);
    }

    [Theory]
    [InlineData("%5B")]
    [InlineData("a%20b")]
    [InlineData("%00")]
    [InlineData("%ED%A0%80")]
    [InlineData("%40")]
    [InlineData("LONG")]
    [InlineData("LONGER")]
    public async Task A_search_without_matches_finds_nothing(string search)
    {
        var text = search switch
        {
            "LONG" => new string('a', 255),
            "LONGER" => new string('a', 5000),
            _ => search,
        };

        var page = await GetAsync($"?search={text}").ShouldBeAsync(200);

        page["items"]!.AsArray().ShouldBeEmpty();
        page["nextCursor"].ShouldBeNull();
        // Other problems are still reported.
        await GetAsync($"?search={text}&limit=0").ShouldBeInvalidAsync("limit");
    }

    [Fact]
    public async Task All_invalid_parameters_are_named()
    {
        await GetAsync("?limit=0&status=sleeping&cursor=x").ShouldBeInvalidAsync("limit", "status", "cursor");
    }

    [Theory]
    [InlineData("search=%FF%FE")]
    [InlineData("search=%ED%A0%80")]
    [InlineData("search=%F4%8F%BF%BF")]
    [InlineData("search='%20OR%201=1--")]
    [InlineData("search=%25")]
    [InlineData("role='")]
    [InlineData("unknown=1")]
    [InlineData("%")]
    public async Task Unusual_parameters_never_cause_a_server_error(string query)
    {
        using var response = await GetAsync("?" + query);

        if ((int)response.StatusCode != 200)
        {
            await response.ShouldBeProblemAsync(400, "VALIDATION_FAILED");
        }
    }

    private static string NewPrefix() => "list-" + Guid.CreateVersion7().ToString("n");

    private static List<string> Emails(JsonNode page) =>
        [.. page["items"]!.AsArray().Select(user => user!.Text("email"))];

    private async Task<List<string>> RegisterAsync(string prefix, int count)
    {
        List<string> emails = [];
        for (var number = 0; number < count; number++)
        {
            // In reverse alphabetical order, so that only ordering by age passes.
            emails.Add($"{prefix}-{99 - number}@example.com");
            await Account.RegisterAsync(_client, emails[^1]);
        }

        return emails;
    }

    private async Task<JsonNode> SearchAsync(string search) =>
        await GetAsync($"?limit=200&search={Uri.EscapeDataString(search)}").ShouldBeAsync(200);

    private async Task<(List<string> Emails, int Pages)> ReadAllAsync(string query, int limit)
    {
        List<string> emails = [];
        string? cursor = null;
        for (var pages = 1; ; pages++)
        {
            pages.ShouldBeLessThan(100);
            var place = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await GetAsync($"?{query}&limit={limit}{place}").ShouldBeAsync(200);
            page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(limit);
            emails.AddRange(Emails(page));
            cursor = page["nextCursor"]?.GetValue<string>();
            if (cursor is null)
            {
                return (emails, pages);
            }
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string query)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        return await _client.GetAsync("/api/users" + query, admin.AccessToken);
    }
}
