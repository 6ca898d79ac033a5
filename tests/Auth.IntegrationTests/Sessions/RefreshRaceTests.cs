using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

public sealed class RefreshRaceTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private const int Callers = 32;

    [Fact]
    public async Task All_callers_on_both_instances_get_the_same_successor()
    {
        var account = await Account.RegisterAsync(instances.First.Client);

        for (var round = 1; round <= Proof.Rounds(everyTime: 20, full: 1000); round++)
        {
            var current = account;
            var answers = await Task.WhenAll(
                Enumerable.Range(0, Callers).Select(caller => current.RefreshAsync(instances[caller]))
            );

            var successors = answers.Select(answer => answer.RefreshToken).Distinct().ToList();
            successors.ShouldHaveSingleItem($"round {round}");
            successors[0].ShouldNotBe(current.RefreshToken);
            instances.Database.GenerationOf(account).ShouldBe(round + 1);
            account = answers[^1];
        }

        await account.RefreshAsync(instances.Second.Client);
    }

    [Fact]
    public async Task Disconnected_callers_do_not_affect_the_others()
    {
        var account = await Account.RegisterAsync(instances.First.Client);

        for (var round = 1; round <= Proof.Rounds(everyTime: 20, full: 1000); round++)
        {
            var current = account;
            using var hangUp = new CancellationTokenSource();
            var callers = Enumerable
                .Range(0, Callers)
                .Select(caller =>
                    caller % 4 == 3
                        ? HangUpAsync(instances[caller], current, hangUp)
                        : RefreshAsync(instances[caller], current)
                );
            var answers = (await Task.WhenAll(callers)).OfType<Account>().ToList();

            answers.Count.ShouldBeGreaterThanOrEqualTo(Callers * 3 / 4);
            answers.Select(answer => answer.RefreshToken).Distinct().ShouldHaveSingleItem($"round {round}");
            instances.Database.GenerationOf(account).ShouldBe(round + 1);
            account = answers[^1];
        }
    }

    private static async Task<Account?> RefreshAsync(HttpClient client, Account account) =>
        await account.RefreshAsync(client);

    private static async Task<Account?> HangUpAsync(HttpClient client, Account account, CancellationTokenSource hangUp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/refresh")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { refreshToken = account.RefreshToken }),
        };
        var sending = client.SendAsync(request, hangUp.Token);
        await Task.Yield();
        await hangUp.CancelAsync();
        try
        {
            using var response = await sending;
            ((int)response.StatusCode).ShouldBeLessThan(500);
        }
        catch (OperationCanceledException)
        {
            // Disconnected before the response, as intended.
        }

        return null;
    }
}
