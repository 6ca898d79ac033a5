using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class UserPagingTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task Paging_neither_repeats_nor_skips_users()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var staying = new List<Account>();
        var leaving = new Queue<Account>();
        for (var i = 0; i < Proof.Rounds(everyTime: 30, full: 150); i++)
        {
            staying.Add(await Account.RegisterAsync(_client));
            leaving.Enqueue(await Account.RegisterAsync(_client));
        }

        // Accounts created at the same instant, which only the id distinguishes.
        fixture.Database.CopyUser(staying[0].Id, Proof.Rounds(everyTime: 100, full: 5_000));

        foreach (var filter in new[] { "", "&status=active", "&role=viewer", "&search=user-" })
        {
            var seen = new List<string>();
            string? cursor = null;
            do
            {
                var query = $"limit=7{filter}" + (cursor is null ? "" : $"&cursor={cursor}");
                var page = await _client.GetAsync($"/api/users?{query}", admin.AccessToken).ShouldBeAsync(200);
                seen.AddRange(page["items"]!.AsArray().Select(item => item!.Text("id")));
                cursor = page["nextCursor"]?.GetValue<string>();

                if (seen.Count % 3 == 0)
                {
                    await Account.RegisterAsync(_client);
                }

                if (seen.Count % 5 == 0 && leaving.TryDequeue(out var gone))
                {
                    await _client
                        .SendAsync("DELETE", $"/api/users/{gone.Id}", bearer: admin.AccessToken)
                        .ShouldBeAsync(204);
                }
            } while (cursor is not null);

            seen.Distinct().Count().ShouldBe(seen.Count, filter);
            staying.Select(account => account.Id.ToString()).ShouldBeSubsetOf(seen, filter);
        }
    }
}
