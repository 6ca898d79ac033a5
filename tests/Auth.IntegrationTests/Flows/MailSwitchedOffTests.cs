using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>A service that sends no mail.</summary>
public sealed class MailSwitchedOffTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("verify-email")]
    [InlineData("verify-email/resend")]
    [InlineData("forgot-password")]
    [InlineData("reset-password")]
    [InlineData("change-email")]
    [InlineData("change-email/confirm")]
    [InlineData("change-email/undo")]
    [InlineData("accept-invitation")]
    public async Task The_routes_of_flows_do_not_exist(string route)
    {
        var account = await Account.RegisterAsync(fixture.Client);
        await fixture.Client.PostAsync($"/api/auth/{route}", new { }).ShouldBeProblemAsync(404, "NOT_FOUND");
        await fixture
            .Client.PostAsync($"/api/auth/{route}", new { }, account.AccessToken)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Inviting_is_unavailable()
    {
        var admin = await Account.LoginAsAdminAsync(fixture.Client);
        await fixture
            .Client.PostAsync("/api/users", new { email = Account.NewEmail() }, admin.AccessToken)
            .ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
        await fixture
            .Client.PostAsync($"/api/users/{admin.Id}/resend-invitation", body: null, admin.AccessToken)
            .ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
        await fixture
            .Client.PostAsync($"/api/users/{admin.Id}/send-password-reset", body: null, admin.AccessToken)
            .ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
    }
}
