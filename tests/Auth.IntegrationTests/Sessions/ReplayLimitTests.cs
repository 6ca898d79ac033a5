using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

public sealed class ReplayLimitTests
{
    private const int Limit = 5;

    [Fact]
    public async Task The_replay_limit_applies_to_all_instances_together()
    {
        using var database = new TestDatabase();
        var clock = new TestClock();
        await using var here = TestService.Start(database, clock, ("Sessions:GraceReplays", $"{Limit}"));
        await using var there = TestService.Start(database, clock, ("Sessions:GraceReplays", $"{Limit}"));
        var account = await Account.RegisterAsync(here.Client);
        await account.RefreshAsync(here.Client);

        var body = new { refreshToken = account.RefreshToken };
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 4 * Limit)
                .Select(async caller =>
                {
                    var client = caller % 2 == 0 ? here.Client : there.Client;
                    using var response = await client.PostAsync("/api/auth/refresh", body);
                    return (int)response.StatusCode;
                })
        );

        answers.Count(status => status == 200).ShouldBe(Limit);
        answers.Count(status => status == 401).ShouldBe(3 * Limit);
        await account.ShouldHaveEndedAsync(there.Client, "reuse_detected");
        database.Count("AuditRecords", "\"Type\" = 'token.reuse_detected'").ShouldBe(1);
    }
}
