using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>Links and codes that are used many times at once, on two instances.</summary>
public sealed class FlowRaceTests
{
    private const int Uses = 64;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_succeeds_once(bool byCode)
    {
        await using var world = new World();
        for (var round = 0; round < Proof.Rounds(2, 100); round++)
        {
            var account = await Account.RegisterAsync(world.First.Client);
            var flowToken = await world.First.Client.ForgetPasswordAsync(account.Email);
            var mail = await world.First.ReceiveAsync(account.Email, "ResetPassword");

            var successes = await world.RaceAsync(
                client => byCode ? client.ResetByCodeAsync(flowToken, mail.Code) : client.ResetByLinkAsync(mail.Token),
                204
            );

            successes.ShouldBe(1);
            world.Database.Count("AuditRecords", $"\"Type\" = 'password.reset'").ShouldBe(round + 1);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_registration_succeeds_once(bool byCode)
    {
        await using var world = new World(("Registration:EmailConfirmation", "Required"));
        for (var round = 0; round < Proof.Rounds(2, 100); round++)
        {
            var email = Account.NewEmail();
            var flowToken = await world.First.Client.RequestAccountAsync(email);
            var mail = await world.First.ReceiveAsync(email, "VerifyEmail");

            var successes = await world.RaceAsync(
                client =>
                    byCode
                        ? client.VerifyAsync(new { flowToken, code = mail.Code })
                        : client.VerifyAsync(new { flowToken, token = mail.Token }),
                201
            );

            successes.ShouldBe(1);
            world.Database.Count("Users", $"\"Email\" = '{email}'").ShouldBe(1);
            world.Database.Count("PendingRegistrations", "1 = 1").ShouldBe(0);
        }
    }

    [Fact]
    public async Task An_invitation_succeeds_once()
    {
        await using var world = new World();
        var admin = await Account.LoginAsAdminAsync(world.First.Client);
        for (var round = 0; round < Proof.Rounds(2, 100); round++)
        {
            var email = Account.NewEmail();
            await world.First.Client.PostAsync("/api/users", new { email }, admin.AccessToken).ShouldBeAsync(201);
            var token = (await world.First.ReceiveAsync(email, "Invitation")).Token;

            var successes = await world.RaceAsync(
                client =>
                    client.PostAsync("/api/auth/accept-invitation", new { token, password = FlowRequests.NewPassword }),
                201
            );

            successes.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_change_of_address_and_its_undo_succeed_once()
    {
        await using var world = new World();
        for (var round = 0; round < Proof.Rounds(2, 100); round++)
        {
            var account = await Account.RegisterAsync(world.First.Client);
            var newEmail = Account.NewEmail();
            await world.First.Client.ChangeEmailAsync(account, newEmail);
            var token = (await world.First.ReceiveAsync(newEmail, "ChangeEmail")).Token;

            // Those after the first one have an access token from before the change.
            var changes = await world.RaceAsync(
                client => client.PostAsync("/api/auth/change-email/confirm", new { token }, account.AccessToken),
                204,
                maySignOut: true
            );
            changes.ShouldBe(1);
            var undo = (await world.First.ReceiveAsync(account.Email, "EmailChanged")).Token;

            var undone = await world.RaceAsync(
                client => client.PostAsync("/api/auth/change-email/undo", new { token = undo }),
                204
            );
            undone.ShouldBe(1);
            world.Database.Count("Users", $"\"Email\" = '{account.Email}'").ShouldBe(1);
        }
    }

    [Fact]
    public async Task Parallel_wrong_codes_are_all_counted()
    {
        await using var world = new World();
        for (var round = 0; round < Proof.Rounds(2, 20); round++)
        {
            var account = await Account.RegisterAsync(world.First.Client);
            var flowToken = await world.First.Client.ForgetPasswordAsync(account.Email);
            var mail = await world.First.ReceiveAsync(account.Email, "ResetPassword");

            (await world.RaceAsync(client => client.ResetByCodeAsync(flowToken, mail.WrongCode), 204)).ShouldBe(0);

            await world.First.Client.ResetByCodeAsync(flowToken, mail.Code).ShouldBeDeadAsync();
            await world.Second.Client.ResetByLinkAsync(mail.Token).ShouldBeAsync(204);
        }
    }

    [Fact]
    public async Task Of_several_proven_registrations_of_one_address_one_becomes_the_user()
    {
        await using var world = new World(("Registration:EmailConfirmation", "Required"));
        for (var round = 0; round < Proof.Rounds(10, 50); round++)
        {
            var email = Account.NewEmail();
            var proofs = new List<(string FlowToken, string Code)>();
            for (var i = 0; i < 3; i++)
            {
                var flowToken = await world.First.Client.RequestAccountAsync(email);
                proofs.Add((flowToken, (await world.First.ReceiveAsync(email, "VerifyEmail")).Code));
            }

            var turn = 0;
            var successes = await world.RaceAsync(
                client =>
                {
                    var (flowToken, code) = proofs[Interlocked.Increment(ref turn) % proofs.Count];
                    return client.VerifyAsync(new { flowToken, code });
                },
                201,
                uses: 12
            );

            successes.ShouldBe(1);
            world.Database.Count("Users", $"\"Email\" = '{email}'").ShouldBe(1);
            world.Database.Count("PendingRegistrations", "1 = 1").ShouldBe(0);
        }
    }

    private sealed class World(params (string, string?)[] settings) : IAsyncDisposable
    {
        private readonly TwoMailServices _services = new(settings);

        public TestDatabase Database => _services.Database;

        public MailService First => _services.First;

        public MailService Second => _services.Second;

        /// <summary>Sends the same request many times at once, and says how often it succeeded. All others are dead.</summary>
        public async Task<int> RaceAsync(
            Func<HttpClient, Task<HttpResponseMessage>> send,
            int success,
            int uses = Uses,
            bool maySignOut = false
        )
        {
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, uses)
                    .Select(turn =>
                        Task.Run(
                            () => send((turn % 2 == 0 ? First : Second).Client),
                            TestContext.Current.CancellationToken
                        )
                    )
            );
            var successes = 0;
            foreach (var answer in answers)
            {
                using (answer)
                {
                    if ((int)answer.StatusCode == success)
                    {
                        successes++;
                    }
                    else if (maySignOut && (int)answer.StatusCode == 401)
                    {
                        await Task.FromResult(answer).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
                    }
                    else
                    {
                        await Task.FromResult(answer).ShouldBeDeadAsync();
                    }
                }
            }

            return successes;
        }

        public ValueTask DisposeAsync() => _services.DisposeAsync();
    }
}
