using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Races;

/// <summary>Requests that race for a constraint of the database: the losers never get a server error.</summary>
public sealed class LostRaceTests(Arena arena) : IClassFixture<Arena>
{
    public static TheoryData<string> Names => [.. RacingWriters.All.Select(writers => writers.Name)];

    [Fact]
    public void Every_constraint_of_the_model_has_racing_writers() =>
        RacingWriters
            .All.SelectMany(writers => writers.Rules)
            .Order(StringComparer.Ordinal)
            .ShouldBe(ModelRules.List(arena.Instances.First));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_losers_of_a_race_get_the_response_of_a_later_request(string name)
    {
        var writers = RacingWriters.All.Single(writers => writers.Name == name);
        var rounds = Proof.Rounds(everyTime: 20, full: 1000);
        for (var round = 0; round < rounds; round++)
        {
            await writers.RaceAsync(arena, round);
        }

        arena.Report(rounds);
        await arena.ShouldHaveAWholeLogAsync();
    }

    [Fact]
    public async Task Forty_simultaneous_role_changes_of_one_user_are_serialized()
    {
        var rounds = Proof.Rounds(everyTime: 3, full: 100);
        for (var round = 0; round < rounds; round++)
        {
            var admin = await Account.LoginAsAdminAsync(arena.Client);
            var user = await Account.RegisterAsync(arena.Client);
            await RacingWriters.ReplaceRolesAsync(arena, round, admin, user, times: 20);
        }

        arena.Report(rounds);
    }
}
