using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Factors;

/// <summary>Many requests at once, at two instances, with what works once.</summary>
public sealed class FactorRaceTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private const int Requests = 64;

    private HttpClient Client => instances.First.Client;

    [Fact]
    public Task One_code_signs_in_once() =>
        RaceAsync(async enrolled =>
        {
            instances.Clock.Advance(TimeSpan.FromSeconds(30));
            var challenges = new List<string>();
            for (var i = 0; i < Requests; i++)
            {
                challenges.Add(await Client.BeginLoginAsync(enrolled.Account));
            }

            var code = enrolled.App.CodeAt(instances.Clock.GetUtcNow());
            return i => new { challenge = challenges[i], code };
        });

    [Fact]
    public Task One_recovery_code_signs_in_once() =>
        RaceAsync(async enrolled =>
        {
            var challenges = new List<string>();
            for (var i = 0; i < Requests; i++)
            {
                challenges.Add(await Client.BeginLoginAsync(enrolled.Account));
            }

            return i => new { challenge = challenges[i], recoveryCode = enrolled.RecoveryCodes[0] };
        });

    [Fact]
    public Task One_challenge_signs_in_once() =>
        RaceAsync(async enrolled =>
        {
            var challenge = await Client.BeginLoginAsync(enrolled.Account);
            return i => new { challenge, recoveryCode = enrolled.RecoveryCodes[i % 10] };
        });

    [Fact]
    public async Task One_signature_signs_in_once()
    {
        for (var round = 0; round < Proof.Rounds(everyTime: 1, full: 100); round++)
        {
            var (passkey, account) = await Client.AddPasskeyAsync(await Account.RegisterAsync(Client));
            var request = await Client.PostAsync("/api/auth/login/passkey/options", new { }).ShouldBeAsync(200);
            var body = new
            {
                challengeToken = request.Text("challengeToken"),
                credential = passkey.Get(request["options"]!),
            };

            await ShouldSucceedOnceAsync("/api/auth/login/passkey", _ => body, account, sessionsBefore: 1);
        }
    }

    [Fact]
    public async Task Factors_that_are_removed_and_added_at_once_are_required_as_long_as_there_is_one()
    {
        for (var round = 0; round < Proof.Rounds(everyTime: 10, full: 200); round++)
        {
            var account = await Account.RegisterAsync(Client);
            var first = await Client.EnrolAppAsync(account, instances.Clock);
            var second = await Client.EnrolAppAsync(first.Account, instances.Clock);
            var bearer = second.Account.AccessToken;
            var passkey = new Authenticator();
            var request = await Client
                .PostAsync("/api/auth/factors/passkeys/options", new { }, bearer)
                .ShouldBeAsync(200);
            Func<HttpClient, Task<HttpResponseMessage>>[] changes =
            [
                client => client.SendAsync("DELETE", $"/api/auth/factors/{first.Id}", bearer: bearer),
                client => client.SendAsync("DELETE", $"/api/auth/factors/{second.Id}", bearer: bearer),
                client =>
                    client.PostAsync(
                        "/api/auth/factors/passkeys",
                        new
                        {
                            challengeToken = request.Text("challengeToken"),
                            credential = passkey.Create(request["options"]!),
                        },
                        bearer
                    ),
            ];

            var answers = await Task.WhenAll(
                changes.Select((change, turn) => Task.Run(() => change(instances[turn + round])))
            );

            answers.ShouldAllBe(answer => (int)answer.StatusCode < 500);
            var left = instances.Database.Count(
                "Factors",
                $"\"UserId\" = {instances.Database.IdText(account.Id.ToString())}"
            );
            using var login = await Client.PostAsync(
                "/api/auth/login",
                new { email = account.Email, password = account.Password }
            );
            ((int)login.StatusCode).ShouldBe(left > 0 ? 401 : 200, $"{left} factors");
        }
    }

    private async Task RaceAsync(Func<EnrolledApp, Task<Func<int, object>>> prepare)
    {
        for (var round = 0; round < Proof.Rounds(everyTime: 1, full: 100); round++)
        {
            var enrolled = await Client.EnrolAppAsync(await Account.RegisterAsync(Client), instances.Clock);
            var body = await prepare(enrolled);

            await ShouldSucceedOnceAsync("/api/auth/login/second-factor", body, enrolled.Account, sessionsBefore: 1);
        }
    }

    private async Task ShouldSucceedOnceAsync(string route, Func<int, object> body, Account account, int sessionsBefore)
    {
        var responses = await Task.WhenAll(
            Enumerable.Range(0, Requests).Select(i => instances[i].PostAsync(route, body(i)))
        );

        responses.Count(response => response.IsSuccessStatusCode).ShouldBe(1);
        responses.ShouldAllBe(response => (int)response.StatusCode < 500);
        foreach (var response in responses)
        {
            response.Dispose();
        }

        var sessions = await Client.GetAsync("/api/auth/sessions", account.AccessToken).ShouldBeAsync(200);
        ((JsonArray)sessions).Count.ShouldBe(sessionsBefore + 1);
    }
}
