using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Health;

public sealed class HealthTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Anybody_is_told_the_state_and_no_more(string route)
    {
        var health = await fixture.Client.SendAsync("GET", route).ShouldBeAsync(200);

        health.ShouldHaveMembers("status", "timestamp", "checks");
        health.Text("status").ShouldBe("Healthy");
        health.ShouldHaveInstant("timestamp");
        health["checks"]!.AsObject().ShouldAllBe(check => check.Value!.ToString() == "Healthy");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    public async Task Database_and_keys_are_checked(string route)
    {
        var health = await fixture.Client.SendAsync("GET", route).ShouldBeAsync(200);

        var checks = health["checks"]!.AsObject().Select(check => check.Key).ToList();
        checks.ShouldContain("database");
        checks.ShouldContain("keys");
    }

    [Fact]
    public async Task A_bad_token_is_not_looked_at()
    {
        await fixture.Client.GetAsync("/health/live", "nonsense").ShouldBeAsync(200);
    }
}
