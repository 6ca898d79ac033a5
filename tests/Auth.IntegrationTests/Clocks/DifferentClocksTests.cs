using Auth.IntegrationTests.Keys;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Clocks;

/// <summary>Two instances on one database, one of whose clocks is ahead or behind.</summary>
public sealed class DifferentClocksTests
{
    public static TheoryData<int> Differences => [60, 120, 300, -60, -120, -300];

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Tokens_issued_by_either_instance_are_accepted_by_both(int seconds)
    {
        await using var instances = new Instances(seconds);
        var account = await Account.RegisterAsync(instances[0]);
        await ShouldBeAcceptedAsync(instances, account);

        // Each instance refreshes the session of the other.
        for (var turn = 0; turn < 6; turn++)
        {
            account = await account.RefreshAsync(instances[turn + 1]);
            await ShouldBeAcceptedAsync(instances, account);
        }

        await ShouldBeAcceptedAsync(instances, await account.LoginAgainAsync(instances[1]));
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Revocations_by_one_instance_apply_to_both(int seconds)
    {
        await using var instances = new Instances(seconds);
        for (var turn = 0; turn < 2; turn++)
        {
            var account = await Account.RegisterAsync(instances[turn + 1]);
            await instances[turn].PostAsync("/api/auth/logout-all", body: null, account.AccessToken).ShouldBeAsync(204);

            foreach (var instance in instances.All)
            {
                await Proof.EventuallyAsync(
                    async () => !await instance.AcceptsAsync(account.AccessToken),
                    "the revocation of the access token"
                );
                await instance.MeAsync(account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
                await account.ShouldHaveEndedAsync(instance, "logout_all");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task An_emergency_rotation_on_one_instance_takes_effect_on_both(int seconds)
    {
        await using var instances = new Instances(seconds);
        for (var turn = 0; turn < 2; turn++)
        {
            var admin = await Account.LoginAsAdminAsync(instances[turn]);
            var account = await Account.RegisterAsync(instances[turn + 1]);

            var key = await instances[turn].RotateAsync(admin.AccessToken, emergency: true).ShouldBeAsync(201);

            key.Text("state").ShouldBe("signing");
            foreach (var instance in instances.All)
            {
                await instance.ShouldBecomeInvalidAsync(account.AccessToken);
            }

            foreach (var instance in instances.All)
            {
                account = await account.RefreshAsync(instance);
                KeyRequests.KeyOf(account.AccessToken).ShouldBe(key.Text("id"));
                (await instance.PublishedAsync()).ShouldBe([key.Text("id")]);
                await ShouldBeAcceptedAsync(instances, account);
            }

            admin = await admin.RefreshAsync(instances[turn + 1]);
            var keys = await instances[turn + 1].ListKeysAsync(admin.AccessToken);
            keys.ShouldHaveSingleItem().ToJsonString().ShouldBe(key.ToJsonString());
        }
    }

    private static async Task ShouldBeAcceptedAsync(Instances instances, Account account)
    {
        foreach (var instance in instances.All)
        {
            // Read, cached, and found in the cache.
            for (var i = 0; i < 3; i++)
            {
                await instance.MeAsync(account.AccessToken).ShouldBeAsync(200);
            }
        }
    }

    private sealed class Instances : IAsyncDisposable
    {
        private readonly TestDatabase _database = new();
        private readonly TestService[] _services;

        public Instances(int seconds)
        {
            // The one with the wrong clock creates the database, the first key and the administrator.
            var clock = new TestClock();
            clock.Advance(TimeSpan.FromSeconds(seconds));
            _services = [TestService.Start(_database, clock), TestService.Start(_database, new TestClock())];
        }

        public IEnumerable<HttpClient> All => _services.Select(service => service.Client);

        /// <summary>The two instances in turn.</summary>
        public HttpClient this[int turn] => _services[turn % 2].Client;

        public async ValueTask DisposeAsync()
        {
            foreach (var service in _services)
            {
                await service.DisposeAsync();
            }

            _database.Dispose();
        }
    }
}
