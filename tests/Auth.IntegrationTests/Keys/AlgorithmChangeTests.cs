using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

/// <summary>The setting changes while users are signed in, which is a rotation like any other.</summary>
public sealed class AlgorithmChangeTests : IDisposable
{
    private const string OtherSecret = "Y7hK2pWq9cVd4nRz1sXf6uJb8mTg3aLe5oQi0xCvBtM=";

    private static readonly TimeSpan s_announcePeriod = TimeSpan.FromMinutes(5);

    private readonly TestDatabase _database = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("ES256", "PS256")]
    [InlineData("PS256", "RS256")]
    [InlineData("RS256", "ES256")]
    [InlineData("ES256", "HS256")]
    [InlineData("HS256", "ES256")]
    [InlineData("HS256", "PS256")]
    public async Task Earlier_tokens_stay_valid_and_the_new_key_is_announced_first(string from, string to)
    {
        Account user;
        await using (var before = Start(from))
        {
            user = await Account.RegisterAsync(before.Client);
        }

        await using var service = Start(to);
        await service.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
        var refreshed = await user.RefreshAsync(service.Client);
        AlgorithmOf(refreshed).ShouldBe(from);
        _clock.Advance(s_announcePeriod);
        var changed = await refreshed.RefreshAsync(service.Client);
        AlgorithmOf(changed).ShouldBe(to);
        foreach (var account in new[] { user, refreshed, changed })
        {
            await service.Client.MeAsync(account.AccessToken).ShouldBeAsync(200);
        }

        // A restart afterwards changes nothing.
        await using var again = Start(to);
        _database.Count("SigningKeys").ShouldBe(2);
    }

    [Fact]
    public async Task Instances_with_different_settings_do_not_keep_replacing_each_others_keys()
    {
        await using var older = Start("ES256");
        var user = await Account.RegisterAsync(older.Client);
        await using var newer = Start("PS256");
        await Proof.EventuallyAsync(
            async () => (await older.Client.PublishedAsync()).Count == 2,
            "the news of the other instance's key"
        );

        _clock.Advance(s_announcePeriod);
        foreach (var instance in new[] { older, newer, older, newer })
        {
            user = await user.RefreshAsync(instance.Client);
            AlgorithmOf(user).ShouldBe("PS256");
            await older.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
            await newer.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
        }

        _database.Count("SigningKeys").ShouldBe(2);
    }

    [Fact]
    public async Task A_shared_secret_is_replaced_in_the_configuration_and_nowhere_else()
    {
        Account admin;
        await using (var before = Start("HS256"))
        {
            admin = await Account.LoginAsAdminAsync(before.Client);
            foreach (var emergency in new[] { false, true })
            {
                await before
                    .Client.RotateAsync(admin.AccessToken, emergency)
                    .ShouldBeProblemAsync(409, "SHARED_SECRET");
            }
        }

        await using var service = Start("HS256", OtherSecret);
        await service.Client.MeAsync(admin.AccessToken).ShouldBeAsync(200);
        var announced = await service.Client.RotateAsync(admin.AccessToken).ShouldBeAsync(201);
        announced.Text("state").ShouldBe("announced");

        // The old secret has leaked: the new one signs at once.
        var key = await service.Client.RotateAsync(admin.AccessToken, emergency: true).ShouldBeAsync(201);
        key.Text("state").ShouldBe("signing");
        await service.Client.MeAsync(admin.AccessToken).ShouldBeProblemAsync(401, "INVALID_TOKEN");
        var forged = ForgedAccessTokens.SignWithSecret(
            ForgedAccessTokens
                .Decode(admin.AccessToken, 0)
                .Replace(KeyRequests.KeyOf(admin.AccessToken), key.Text("id"), StringComparison.Ordinal),
            ForgedAccessTokens.Decode(admin.AccessToken, 1)
        );
        await service.Client.MeAsync(forged).ShouldBeProblemAsync(401, "INVALID_TOKEN");
        admin = await admin.RefreshAsync(service.Client);
        await service.Client.MeAsync(admin.AccessToken).ShouldBeAsync(200);
        await service.Client.RotateAsync(admin.AccessToken, emergency: true).ShouldBeProblemAsync(409, "SHARED_SECRET");
    }

    [Fact]
    public async Task A_new_shared_secret_is_not_replaced_while_the_old_one_is_still_accepted()
    {
        await using (var before = Start("HS256")) { }

        await using var service = Start("HS256", OtherSecret);
        _clock.Advance(s_announcePeriod);
        var admin = await Account.LoginAsAdminAsync(service.Client);

        var keys = await service.Client.ListKeysAsync(admin.AccessToken);
        keys.Select(key => key.Text("state")).ShouldBe(["retired", "signing"]);
        await service.Client.RotateAsync(admin.AccessToken).ShouldBeProblemAsync(409, "SHARED_SECRET");
    }

    private TestService Start(string algorithm, string secret = ForgedAccessTokens.Secret) =>
        TestService.Start(
            _database,
            _clock,
            ("Jwt:Algorithm", algorithm),
            ("Jwt:Secret", secret),
            ("Keys:AnnouncePeriod", s_announcePeriod.ToString("c"))
        );

    private static string AlgorithmOf(Account account) => Http.Header(account.AccessToken).Text("alg");
}
