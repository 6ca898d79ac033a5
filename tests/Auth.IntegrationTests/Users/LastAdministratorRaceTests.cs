using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class LastAdministratorRaceTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private const string Administrators =
        "\"Status\" = 'Active' AND \"Id\" IN (SELECT \"UserId\" FROM \"UserRoles\" WHERE \"RoleId\" = "
        + "(SELECT \"Id\" FROM \"Roles\" WHERE \"Name\" = 'admin'))";

    [Theory]
    [InlineData("each other")]
    [InlineData("themselves")]
    [InlineData("by deletion")]
    public async Task One_of_two_administrators_who_leave_simultaneously_remains(string way)
    {
        var client = instances.First.Client;
        for (var round = 1; round <= Proof.Rounds(everyTime: 20, full: 500); round++)
        {
            var one = await Account.LoginAsAdminAsync(client);
            var other = await Account.RegisterAsync(client);
            await DemoteAsync(client, one, other, "admin").ShouldBeAsync(200);
            other = await other.LoginAgainAsync(client);
            instances.Database.Count("Users", Administrators).ShouldBe(2);

            var answers = await Task.WhenAll(
                way switch
                {
                    "each other" =>
                    [
                        DemoteAsync(instances[round], one, other, "viewer"),
                        DemoteAsync(instances[2 * round], other, one, "viewer"),
                    ],
                    "themselves" =>
                    [
                        DemoteAsync(instances[round], one, one, "viewer"),
                        DemoteAsync(instances[2 * round], other, other, "viewer"),
                    ],
                    _ => (Task<HttpResponseMessage>[])
                        [
                            DemoteAsync(instances[round], one, one, "viewer"),
                            instances[2 * round]
                                .PostAsync(
                                    "/api/users/me/delete",
                                    new { password = other.Password },
                                    other.AccessToken
                                ),
                        ],
                }
            );

            var statuses = string.Join(' ', answers.Select(answer => (int)answer.StatusCode));
            instances.Database.Count("Users", Administrators).ShouldBe(1, $"round {round}: {statuses}");
            foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
            {
                await answer.ShouldBeSomeProblemAsync();
                ((int)answer.StatusCode).ShouldBeOneOf(401, 403, 409);
            }

            await RestoreAsync(client, one, other);
        }
    }

    /// <summary>Makes the first user the only administrator again.</summary>
    private async Task RestoreAsync(HttpClient client, Account one, Account other)
    {
        one = await one.LoginAgainAsync(client);
        if (!Http.Claims(one.AccessToken).Texts("roles").Contains("admin"))
        {
            other = await other.LoginAgainAsync(client);
            await DemoteAsync(client, other, one, "admin").ShouldBeAsync(200);
            await DemoteAsync(client, other, other, "viewer").ShouldBeAsync(200);
        }

        instances.Database.Count("Users", Administrators).ShouldBe(1);
    }

    private static Task<HttpResponseMessage> DemoteAsync(
        HttpClient client,
        Account caller,
        Account account,
        string role
    ) => client.SendAsync("PATCH", $"/api/users/{account.Id}/role", new { role }, caller.AccessToken);
}
