using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class RefreshTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_session_continues_with_new_tokens()
    {
        var account = await Account.RegisterAsync(_client);

        var refreshed = await account.RefreshAsync(_client);

        refreshed.SignIn.ShouldBeSignIn(withRefreshToken: true);
        refreshed.SessionId.ShouldBe(account.SessionId);
        refreshed.RefreshToken.ShouldNotBe(account.RefreshToken);
        refreshed.AccessToken.ShouldNotBe(account.AccessToken);
        var (before, after) = (Http.Claims(account.AccessToken), Http.Claims(refreshed.AccessToken));
        after.Text("jti").ShouldNotBe(before.Text("jti"));
        after["auth_time"]!.GetValue<long>().ShouldBe(before["auth_time"]!.GetValue<long>());
        // The earlier access token is valid until it expires.
        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
    }

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

    [Fact]
    public async Task Refreshes_during_a_logout_all_complete_and_none_survives_it()
    {
        for (var round = 0; round < Proof.Rounds(everyTime: 10, full: 500); round++)
        {
            var account = await Account.RegisterAsync(_client);
            var token = new { refreshToken = account.RefreshToken };

            var refreshes = Enumerable.Range(0, 16).Select(_ => _client.PostAsync("/api/auth/refresh", token)).ToList();
            var logouts = Enumerable.Range(0, 3).Select(_ => _client.PostAsync("/api/auth/logout", token)).ToList();

            foreach (var logout in logouts)
            {
                await logout.ShouldBeAsync(204);
            }

            string[] ended = [account.AccessToken];
            foreach (var response in await Task.WhenAll(refreshes))
            {
                if (response.IsSuccessStatusCode)
                {
                    var signIn = await response.ShouldBeAsync(200);
                    ended = [.. ended, signIn.Text("accessToken")];
                    await ShouldBeLoggedOutAsync(signIn.Text("refreshToken"));
                }
                else
                {
                    var problem = await response.ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
                    problem.Text("reason").ShouldBe("logout");
                }
            }

            await ShouldBeLoggedOutAsync(account.RefreshToken);
            foreach (var accessToken in ended)
            {
                await _client.GetAsync("/api/auth/me", accessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            }
        }
    }

    private async Task ShouldBeLoggedOutAsync(string refreshToken)
    {
        var problem = await _client
            .PostAsync("/api/auth/refresh", new { refreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        problem.Text("reason").ShouldBe("logout");
    }
}
