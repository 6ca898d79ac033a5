using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.OAuth;

public sealed class NodeClientTests
{
    [Fact]
    public async Task Oauth4webapi_gets_introspects_and_revokes_a_token()
    {
        var source = Path.Combine(Repository.Root, "tests", "Auth.IntegrationTests", "OAuth", "NodeClient");
        var directory = Directory.CreateTempSubdirectory("auth-tests-oauth-");
        try
        {
            Npm.Copy(source, directory.FullName, without: ["node_modules"]);
            await Npm.InstallAsync(directory.FullName);
            using var database = new TestDatabase();
            await using var service = TestService.StartAsIssuer(database);
            var admin = await Account.LoginAsAdminAsync(service.Client);
            var account = await Service.CreateWithAsync(service.Client, admin, "articles:read", "tokens:introspect");

            var output = await Programs.RunAsync(
                Programs.Find("node", "node.exe")!,
                ["scenario.js", $"http://localhost:{service.Client.BaseAddress!.Port}", account.Id, account.Secret],
                directory: directory.FullName
            );

            output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .ShouldBe(["articles:read true", "revoked false", "articles:read true", "revoked false", "401 basic"]);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
