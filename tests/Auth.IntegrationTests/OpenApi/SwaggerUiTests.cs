using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.OpenApi;

public sealed class SwaggerUiTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task The_page_works_in_a_browser_under_its_own_content_security_policy()
    {
        var browser = Programs.Find("chromium", "chromium-browser", "google-chrome");
        Assert.SkipWhen(browser is null, "no Chromium is installed here");
        var profile = Directory.CreateTempSubdirectory("auth-chromium-");
        try
        {
            var page = await Programs.RunAsync(
                browser,
                [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    $"--user-data-dir={profile.FullName}",
                    "--virtual-time-budget=20000",
                    "--dump-dom",
                    new Uri(fixture.Client.BaseAddress!, "/swagger").ToString(),
                ]
            );

            page.ShouldContain("/api/auth/register");
            page.ShouldContain("opblock-post");
            page.ShouldContain("Authorize");
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Swagger_UI_can_be_disabled()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database, clock: null, ("Swagger:Enabled", "false"));

        await service.Client.GetAsync("/swagger/index.html", bearer: null).ShouldBeProblemAsync(404, "NOT_FOUND");
        await service.Client.GetAsync("/swagger/v1/swagger.json", bearer: null).ShouldBeProblemAsync(404, "NOT_FOUND");
    }
}
