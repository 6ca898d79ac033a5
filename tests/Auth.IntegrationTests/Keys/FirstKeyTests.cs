using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

/// <summary>Several instances at once: the database decides, and all of them agree.</summary>
public sealed class FirstKeyTests
{
    private static readonly TimeSpan s_announcePeriod = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Instances_that_start_simultaneously_on_an_empty_database_agree_on_one_key()
    {
        for (var round = 0; round < Proof.Rounds(everyTime: 2, full: 100); round++)
        {
            using var database = new TestDatabase();
            var instances = await Task.WhenAll(
                Enumerable
                    .Range(0, 2)
                    .Select(_ => Task.Run(() => TestService.Start(database), TestContext.Current.CancellationToken))
            );

            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var instance in instances)
            {
                var admin = await Account.LoginAsAdminAsync(instance.Client);
                keys.Add(KeyRequests.KeyOf(admin.AccessToken));
                keys.UnionWith(await instance.Client.PublishedAsync());
                foreach (var other in instances)
                {
                    await other.Client.MeAsync(admin.AccessToken).ShouldBeAsync(200);
                }
            }

            keys.ShouldHaveSingleItem($"round {round}");
            database.Count("SigningKeys").ShouldBe(1);
            foreach (var instance in instances)
            {
                await instance.DisposeAsync();
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Instances_that_rotate_simultaneously_agree_on_one_key(bool emergency)
    {
        using var database = new TestDatabase();
        var clock = new TestClock();
        var instances = Enumerable.Range(0, 5).Select(_ => Start(database, clock)).ToList();

        for (var round = 0; round < Proof.Rounds(everyTime: 5, full: 100); round++)
        {
            var admin = await Account.LoginAsAdminAsync(instances[0].Client);
            await Proof.EventuallyAsync(
                async () =>
                    (
                        await Task.WhenAll(
                            instances.Select(instance => instance.Client.AcceptsAsync(admin.AccessToken))
                        )
                    ).All(accepted => accepted),
                "the key in use on all instances"
            );
            var answers = await Task.WhenAll(
                instances.Select(instance => instance.Client.RotateAsync(admin.AccessToken, emergency))
            );

            // In an emergency, an instance may already know the key of another one, and reject the token of the old key.
            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var answer in answers)
            {
                if (emergency && (int)answer.StatusCode == 401)
                {
                    await answer.ShouldBeProblemAsync(401, "INVALID_TOKEN");
                }
                else
                {
                    keys.Add((await Task.FromResult(answer).ShouldBeAsync(201)).Text("id"));
                }
            }

            // The last one, if one emergency rotation followed another.
            var winner = (string)database.Scalar("SELECT \"Id\" FROM \"SigningKeys\" WHERE \"RemovedAt\" IS NULL")!;
            keys.ShouldContain(winner);
            (emergency || keys.Count == 1).ShouldBeTrue($"round {round}: {string.Join(' ', keys)}");
            clock.Advance(s_announcePeriod);
            foreach (var instance in instances)
            {
                await Proof.EventuallyAsync(
                    async () => KeyRequests.KeyOf((await LoginAsync(instance)).AccessToken) == winner,
                    "signing with the winner's key"
                );
                var published = await instance.Client.PublishedAsync();
                published[^1].ShouldBe(winner, $"round {round}");
                (emergency ? published.Count : 1).ShouldBe(1);
            }
        }

        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    private static Task<Account> LoginAsync(TestService instance) => Account.LoginAsAdminAsync(instance.Client);

    private static TestService Start(TestDatabase database, TestClock clock) =>
        TestService.Start(database, clock, ("Keys:AnnouncePeriod", s_announcePeriod.ToString("c")));
}
