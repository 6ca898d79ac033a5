using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class MutualRemovalTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    [Fact]
    public async Task One_of_two_administrators_who_remove_each_other_simultaneously_always_remains()
    {
        var one = await Account.LoginAsAdminAsync(instances.First.Client);
        var newcomer = await Account.RegisterAsync(instances.Second.Client);
        var other = await instances.First.Client.GiveRolesAsync(one, newcomer, "admin");
        one = await one.RefreshAsync(instances.First.Client);

        for (var round = 0; round < Proof.Rounds(everyTime: 12, full: 200); round++)
        {
            var (turn, first, second) = (round, one, other);
            var answers = await Task.WhenAll(
                RemoveAsync(instances.First.Client, turn, first, second),
                RemoveAsync(instances.Second.Client, turn, second, first)
            );

            Administrators().ShouldBe(1, $"round {round}");
            answers.Count(status => status is 200 or 204).ShouldBe(1, $"round {round}: {answers[0]} {answers[1]}");
            answers.ShouldAllBe(status => status == 200 || status == 204 || (status >= 401 && status <= 409));

            var (winner, loser) = answers[0] is 200 or 204 ? (first, second) : (second, first);
            one = winner;
            other = await RestoreAsync(turn, winner, loser);
        }
    }

    private static async Task<int> RemoveAsync(HttpClient client, int turn, Account actor, Account target)
    {
        using var response = await (
            (turn % 3) switch
            {
                0 => client.SendAsync(
                    "PUT",
                    $"/api/users/{target.Id}/roles",
                    new { roles = new[] { "viewer" } },
                    actor.AccessToken
                ),
                1 => client.PostAsync($"/api/users/{target.Id}/disable", body: null, actor.AccessToken),
                _ => client.SendAsync("DELETE", $"/api/users/{target.Id}", bearer: actor.AccessToken),
            }
        );
        return (int)response.StatusCode;
    }

    private async Task<Account> RestoreAsync(int turn, Account winner, Account loser)
    {
        var client = instances.First.Client;
        switch (turn % 3)
        {
            case 0:
                return await client.GiveRolesAsync(winner, loser, "admin");
            case 1:
                await client
                    .PostAsync($"/api/users/{loser.Id}/enable", body: null, winner.AccessToken)
                    .ShouldBeAsync(200);
                return await loser.LoginAgainAsync(client);
            default:
                return await client.GiveRolesAsync(winner, await Account.RegisterAsync(client), "admin");
        }
    }

    private long Administrators() =>
        Convert.ToInt64(
            instances.Database.Scalar(
                """
                SELECT COUNT(*) FROM "Users" u JOIN "UserRoles" ur ON ur."UserId" = u."Id"
                JOIN "Roles" r ON r."Id" = ur."RoleId" WHERE r."Name" = 'admin' AND u."Status" = 'Active'
                """
            ),
            provider: null
        );
}
