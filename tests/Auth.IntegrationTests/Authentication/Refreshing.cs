using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class Refreshing(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task Parallel_refreshes_with_one_token_converge_on_one_successor()
    {
        var account = await Account.RegisterAsync(_client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => account.RefreshAsync(_client)));

        answers
            .Select(answer => answer.RefreshToken)
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldNotBe(account.RefreshToken);
        answers.Select(answer => answer.SessionId).Distinct().ShouldHaveSingleItem().ShouldBe(account.SessionId);
        await answers[0].RefreshAsync(_client);
    }
}
