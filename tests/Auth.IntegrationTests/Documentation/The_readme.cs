using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Documentation;

public sealed partial class The_readme(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task Its_walk_through_works_when_pasted()
    {
        Assert.SkipWhen(Programs.Find("bash") is null, "bash is not installed here");
        Assert.SkipWhen(Programs.Find("curl") is null, "curl is not installed here");

        var lines = await RunAsync(Script("## A walk through with curl", "## Configuration"));

        // One line for each answer that the walk-through shows, in its order.
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
    public async Task Its_story_of_a_role_works_when_pasted()
    {
        Assert.SkipWhen(Programs.Find("bash") is null, "bash is not installed here");
        Assert.SkipWhen(Programs.Find("curl") is null, "curl is not installed here");

        var lines = await RunAsync(Script("## Roles, permissions and the audit log", "## Layout"));

        lines[0].ShouldContain("\"name\":\"author\"");
        lines[1].ShouldContain("\"gained\":[{\"permission\":\"articles:write\",\"users\":0}]");
        lines[2].ShouldContain("\"permissions\":[\"articles:write\"]");
        lines[3].ShouldContain("\"roles\":[\"author\",\"viewer\"]");
        lines[4].ShouldContain("\"permissions\":[\"articles:write\"]"); // in the token
        lines[5].ShouldBe("[{\"permission\":\"articles:write\",\"roles\":[\"author\"]}]");
        lines[6].ShouldContain("from [viewer] to [author viewer]");
        lines[7].ShouldContain("author: +articles:write");
        lines.Length.ShouldBe(8);
    }

    /// <summary>All that stands in the README's bash blocks of a section, sent to this test's service.</summary>
    private string Script(string from, string to)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var section = readme[
            readme.IndexOf(from, StringComparison.Ordinal)..readme.IndexOf(to, StringComparison.Ordinal)
        ];
        var script = string.Concat(BashBlocks().Matches(section).Select(block => block.Groups["code"].Value));
        script.ShouldContain("BASE=http://localhost:5000");
        script = script
            .Replace("admin@localhost", TestService.AdminEmail, StringComparison.Ordinal)
            .Replace("paste-it-here", TestService.AdminPassword, StringComparison.Ordinal);
        script = script.Replace(
            "BASE=http://localhost:5000",
            $"BASE={fixture.Client.BaseAddress!.ToString().TrimEnd('/')}",
            StringComparison.Ordinal
        );

        // Answers have no line end of their own; pasted into a terminal they stand between prompts.
        return CurlCalls()
            .Replace(
                script,
                match =>
                    match.Value.StartsWith("TOKEN", StringComparison.Ordinal) ? match.Value : match.Value + "; echo"
            );
    }

    private static async Task<string[]> RunAsync(string script)
    {
        var directory = Directory.CreateTempSubdirectory("auth-readme-");
        try
        {
            var output = await Programs.RunAsync("bash", ["-e"], script, directory.FullName);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"```bash\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex BashBlocks();

    [GeneratedRegex(@"^(TOKEN=\$\()?curl (.*\\\n)*.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CurlCalls();
}
