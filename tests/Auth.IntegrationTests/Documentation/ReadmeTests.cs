using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Documentation;

public sealed class ReadmeTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task The_walk_through_works_when_pasted()
    {
        var lines = await RunAsync("## A walk through with curl");

        // One line for each response of the walk-through, in order.
        lines[0].ShouldContain("\"displayName\":\"Ada\""); // registered
        lines[1].ShouldContain("\"userId\""); // me, from the token
        lines[2].ShouldContain("\"status\":\"active\""); // me, from the database
        lines[3].ShouldContain("\"userId\""); // me, after the refresh
        lines[4].ShouldBe("204"); // logged out
        lines[5].ShouldContain("\"INVALID_REFRESH_TOKEN\"");
        lines[5].ShouldContain("\"reason\":\"logout\"");
        lines[6].ShouldContain("\"TOKEN_REVOKED\"");
        lines[7].ShouldContain("\"refreshToken\""); // refreshed in the body
        lines[8].ShouldBe("204"); // logged out
        lines[9].ShouldContain("\"INVALID_REFRESH_TOKEN\"");
        lines.Length.ShouldBe(10);
    }

    [Fact]
    public async Task The_role_commands_work_when_pasted()
    {
        var lines = await RunAsync("## Roles, permissions and the audit log");

        lines[0].ShouldContain("\"name\":\"author\"");
        lines[1].ShouldContain("\"gained\":[{\"permission\":\"articles:write\",\"users\":0}]");
        lines[2].ShouldContain("\"permissions\":[\"articles:write\"]");
        lines[3].ShouldContain("\"roles\":[\"author\",\"viewer\"]");
        lines[4].ShouldContain("\"permissions\":[\"articles:write\"]"); // in the token
        lines[5].ShouldBe("[{\"permission\":\"articles:write\",\"roles\":[\"author\"]}]");
        lines[6].ShouldContain("from [viewer] to [author, viewer]");
        lines[7].ShouldContain("author: +articles:write");
        lines.Length.ShouldBe(8);
    }

    [Fact]
    public async Task The_getting_started_commands_work_when_pasted()
    {
        var lines = await RunAsync("## Getting started");

        lines[0].ShouldContain("\"permissions\":[\"articles:read\"]"); // the role
        lines[1].ShouldContain("\"roles\":[\"reader\",\"viewer\"]"); // the user
        lines[2].ShouldContain("\"permissions\":[\"articles:read\"]"); // the user's token
        lines.Length.ShouldBe(3);
        // The following text is about users without permissions.
        (await Account.RegisterAsync(fixture.Client)).SignIn["user"]!.Texts("permissions").ShouldBeEmpty();
    }

    private Task<string[]> RunAsync(string section)
    {
        var script = PastedCommands.Read("README.md", section);
        script.ShouldContain("BASE=http://localhost:5000");
        return PastedCommands.RunAsync(
            script
                .Replace("admin@localhost", TestService.AdminEmail, StringComparison.Ordinal)
                .Replace("paste-it-here", TestService.AdminPassword, StringComparison.Ordinal)
                .Replace(
                    "BASE=http://localhost:5000",
                    $"BASE={fixture.Client.BaseAddress!.ToString().TrimEnd('/')}",
                    StringComparison.Ordinal
                )
        );
    }
}
