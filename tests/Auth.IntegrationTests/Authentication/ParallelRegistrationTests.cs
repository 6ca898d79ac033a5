using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class ParallelRegistrationTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private const int Callers = 24;

    [Fact]
    public async Task Of_concurrent_registrations_of_one_address_one_succeeds()
    {
        for (var round = 0; round < Proof.Rounds(everyTime: 3, full: 100); round++)
        {
            var rest = Account.NewEmail();
            string[] spellings =
            [
                "ren\u00e9." + rest,
                "RENE\u0301." + rest,
                " Ren\u00e9." + rest.ToUpperInvariant(),
                "rene\u0301." + rest.Replace('e', '\uff45'),
            ];

            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, Callers)
                    .Select(caller =>
                        instances[caller]
                            .PostAsync(
                                "/api/auth/register",
                                new
                                {
                                    email = spellings[caller / 2 % spellings.Length],
                                    password = Account.DefaultPassword,
                                    refreshTokenIn = "body",
                                }
                            )
                    )
            );

            var winner = answers.Where(answer => (int)answer.StatusCode == 201).ShouldHaveSingleItem();
            foreach (var answer in answers.Where(answer => answer != winner))
            {
                await answer.ShouldBeProblemAsync(409, "EMAIL_ALREADY_REGISTERED");
            }

            var signIn = (await winner.ShouldBeAsync(201)).ShouldBeSignIn(withRefreshToken: true);
            await instances.First.Client.GetAsync("/api/users/me", signIn.Text("accessToken")).ShouldBeAsync(200);
            await Account.LoginAsync(instances.Second.Client, spellings[0], Account.DefaultPassword);
            instances.Database.Count("Users").ShouldBe(round + 2);
        }
    }
}
