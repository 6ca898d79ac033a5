using Auth.Api.CommandLine;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Health;

public sealed class Checking_from_the_command_line(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("/health/ready", 0)]
    [InlineData("/health/nothing", 1)]
    public async Task The_exit_code_says_how_the_service_is(string route, int exitCode) =>
        (await RunAsync(new Uri(fixture.Client.BaseAddress!, route).ToString())).ShouldBe(exitCode);

    [Fact]
    public async Task Where_nobody_listens_it_is_not_well() => (await RunAsync("http://127.0.0.1:1/")).ShouldBe(1);

    [Fact]
    public async Task What_is_no_address_is_refused() => (await RunAsync("health")).ShouldBe(2);

    private static Task<int> RunAsync(string address) =>
        HealthCheck.AskAsync(address, TestContext.Current.CancellationToken);
}
