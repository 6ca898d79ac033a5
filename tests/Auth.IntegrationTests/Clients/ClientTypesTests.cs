using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Clients;

public sealed class ClientTypesTests(ServiceFixture fixture, ClientPackage package) : IClassFixture<ServiceFixture>
{
    // docs/testing.md says how to accept a change.
    private static bool IsAccepted => Environment.GetEnvironmentVariable("AUTH_TEST_ACCEPT_CLIENT") == "1";

    [Fact]
    public async Task The_client_types_match_the_OpenAPI_document()
    {
        var folder = await package.InstallAsync();
        await File.WriteAllTextAsync(
            Path.Combine(folder, "openapi.json"),
            await fixture.Client.GetStringAsync("/swagger/v1/swagger.json", TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );

        await package.RunAsync("openapi-typescript", "openapi.json", "--output", "generated.ts");

        var generated = await File.ReadAllTextAsync(
            Path.Combine(folder, "generated.ts"),
            TestContext.Current.CancellationToken
        );
        var path = Path.Combine(ClientPackage.Sources, "src", "api.ts");
        if (IsAccepted)
        {
            await File.WriteAllTextAsync(path, generated, TestContext.Current.CancellationToken);
        }

        var committed = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        committed
            .ReplaceLineEndings("\n")
            .ShouldBe(
                generated.ReplaceLineEndings("\n"),
                "the OpenAPI document has changed: generate src/api.ts of the client again, as docs/testing.md says"
            );
    }
}
