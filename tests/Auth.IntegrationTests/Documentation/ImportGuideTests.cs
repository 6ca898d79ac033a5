using System.Text.Json.Nodes;
using Auth.IntegrationTests.Importing;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Documentation;

public sealed class ImportGuideTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>, IDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly Import _import = new(fixture.Database);

    public void Dispose() => _import.Dispose();

    [Fact]
    public void There_is_an_example_for_each_format() =>
        ImportGuide
            .Examples.Select(example => example.Title)
            .ShouldBe([
                "Our own format",
                "ASP.NET Core Identity",
                "Keycloak",
                "Auth0",
                "Supabase",
                "Django",
                "Firebase",
            ]);

    [Fact]
    public async Task Each_example_works_as_shown()
    {
        foreach (var example in ImportGuide.Examples)
        {
            var (exitCode, report) = await _import.RunAsync(example.File, example.OptionsWith(_import.IdsFile));

            exitCode.ShouldBe(0, example.Title + report);
            report.ShouldContain(": 1 imported, 0 rejected.");
            var ids = await File.ReadAllTextAsync(_import.IdsFile, TestContext.Current.CancellationToken);
            var email = JsonNode.Parse(ids)!.Text("email");
            if (example.Title == "Firebase")
            {
                report.ShouldContain("1 without a password: Firebase hashes are not supported.");
                await fixture
                    .Client.PostAsync("/api/auth/login", new { email, password = Password })
                    .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
            }
            else
            {
                await Account.LoginAsync(fixture.Client, email, Password);
            }
        }
    }
}
