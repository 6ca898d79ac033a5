using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Health;

public sealed class HealthTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Anyone_can_see_the_status_and_nothing_else(string route)
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
    public async Task An_invalid_token_is_ignored()
    {
        await fixture.Client.GetAsync("/health/live", "nonsense").ShouldBeAsync(200);
    }
}
