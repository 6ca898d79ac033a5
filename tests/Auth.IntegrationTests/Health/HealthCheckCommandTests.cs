using Auth.Api.CommandLine;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Health;

public sealed class HealthCheckCommandTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("/health/ready", 0)]
    [InlineData("/health/nothing", 1)]
    public async Task The_exit_code_reports_whether_the_service_is_healthy(string route, int exitCode) =>
        (await RunAsync(new Uri(fixture.Client.BaseAddress!, route).ToString())).ShouldBe(exitCode);

    [Fact]
    public async Task A_service_that_is_not_listening_is_unhealthy() =>
        (await RunAsync("http://127.0.0.1:1/")).ShouldBe(1);

    [Fact]
    public async Task An_invalid_URL_is_a_usage_error() => (await RunAsync("health")).ShouldBe(2);

    [Fact]
    public async Task It_needs_no_settings()
    {
        var address = new Uri(fixture.Client.BaseAddress!, "/health/ready").ToString();

        var (exitCode, output, errors) = await ServiceProcess.RunAsync(["healthcheck", address], []);

        exitCode.ShouldBe(0);
        output.ShouldBeEmpty();
        errors.ShouldBeEmpty();
    }

    private static Task<int> RunAsync(string address) => Commands.InvokeAsync(["healthcheck", address], []);
}
