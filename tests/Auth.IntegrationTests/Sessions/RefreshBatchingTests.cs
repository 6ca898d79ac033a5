using Auth.Domain.Sessions;
using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Sessions;

public sealed class RefreshBatchingTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private const int People = 24;

    private static readonly ClientInfo s_client = new("203.0.113.7", "Browser/1.0");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_sign_ins_get_their_own_tokens()
    {
        var people = await RegisterAsync();
        for (var round = 1; round <= Proof.Rounds(everyTime: 10, full: 200); round++)
        {
            // Each with two tabs.
            var before = people;
            var after = await Task.WhenAll(
                Enumerable.Range(0, 2 * People).Select(i => before[i % People].RefreshAsync(instances[i / 3]))
            );

            for (var i = 0; i < after.Length; i++)
            {
                var (person, answer) = (before[i % People], after[i]);
                answer.Id.ShouldBe(person.Id);
                answer.SessionId.ShouldBe(person.SessionId);
                answer.RefreshToken.ShouldNotBe(person.RefreshToken);
                answer.RefreshToken.ShouldBe(after[i % People].RefreshToken);
                var me = await instances[i].GetAsync("/api/auth/me", answer.AccessToken).ShouldBeAsync(200);
                me.Text("userId").ShouldBe(person.Id.ToString());
            }

            people = after[..People];
        }

        foreach (var person in people)
        {
            instances.Database.GenerationOf(person).ShouldBe(Proof.Rounds(everyTime: 10, full: 200) + 1);
        }
    }

    [Fact]
    public async Task A_simultaneous_logout_does_not_affect_the_others()
    {
        var people = await RegisterAsync();
        for (var round = 1; round < People; round++)
        {
            var leaving = people[0];
            var staying = people[1..];
            var leave = instances[round]
                .SendAsync("POST", "/api/auth/logout", new { refreshToken = leaving.RefreshToken });
            var answer = instances[round + 1]
                .PostAsync("/api/auth/refresh", new { refreshToken = leaving.RefreshToken });
            var refreshed = Task.WhenAll(staying.Select((person, i) => person.RefreshAsync(instances[i])));

            await leave.ShouldBeAsync(204);
            using (var response = await answer)
            {
                ((int)response.StatusCode).ShouldBeOneOf(200, 401);
            }

            people = [.. await refreshed];
            await leaving.ShouldHaveEndedAsync(instances[round], "logout");
        }
    }

    [Fact]
    public async Task Only_the_loser_of_a_race_sees_the_conflict()
    {
        var people = await RegisterAsync();
        var read = await Task.WhenAll(people.Select(person => FindAsync(Guid.Parse(person.SessionId))));
        read.Select(session => session!.Id.ToString()).ShouldBe(people.Select(person => person.SessionId));
        var losers = people.Where((_, i) => i % 5 == 3).ToList();
        foreach (var loser in losers)
        {
            await loser.RefreshAsync(instances.Second.Client);
        }

        foreach (var session in read)
        {
            session!.Rotate(1, s_client, new SessionPolicy(), instances.Clock.GetUtcNow()).ShouldBe(Rotation.Rotated);
        }

        var stored = await Task.WhenAll(read.Select(session => TryStoreAsync(session!, readGeneration: 1)));

        stored.ShouldBe(people.Select(person => !losers.Contains(person)));
        foreach (var person in people)
        {
            instances.Database.GenerationOf(person).ShouldBe(2);
        }

        // One more replay ends the session for all.
        stored = await Task.WhenAll(read.Select(session => TryStoreAsync(session!, readGeneration: 1)));
        stored.ShouldAllBe(one => !one);
    }

    [Fact]
    public async Task An_unknown_session_is_not_found()
    {
        var person = await Account.RegisterAsync(instances.First.Client);

        var found = await Task.WhenAll(
            FindAsync(Guid.CreateVersion7()),
            FindAsync(Guid.Parse(person.SessionId)),
            FindAsync(Guid.CreateVersion7())
        );

        found.Select(session => session?.Id.ToString()).ShouldBe([null, person.SessionId, null]);
    }

    private RefreshBatches Batches => instances.First.Services.GetRequiredService<RefreshBatches>();

    private async Task<Account[]> RegisterAsync() =>
        await Task.WhenAll(Enumerable.Range(0, People).Select(i => Account.RegisterAsync(instances[i])));

    private Task<Session?> FindAsync(Guid id) => Batches.FindAsync(id, Stop);

    private Task<bool> TryStoreAsync(Session session, int readGeneration) =>
        Batches.TryStoreAsync(session, readGeneration, Stop);
}
