using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Documentation;

public sealed partial class ContributingPageTests
{
    private const int MaxFiles = 8;
    private const int MaxLines = 900;

    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"));

    [Fact]
    public void Every_mentioned_file_exists()
    {
        var files = FileNames().Matches(s_page).Select(name => name.Groups["path"].Value).ToList();

        files.Count.ShouldBeGreaterThan(15);
        files.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))).ShouldBeEmpty();
    }

    [Fact]
    public void A_login_is_eight_files_of_fewer_than_900_lines()
    {
        var files = LoginFiles().Matches(s_page).Select(name => name.Groups["path"].Value).ToList();

        files.Count.ShouldBe(MaxFiles);
        files.Sum(path => File.ReadLines(Path.Combine(Repository.Root, path)).Count()).ShouldBeLessThan(MaxLines);
    }

    // The list does not omit a file that the handler calls.
    [Fact]
    public void The_types_used_by_login_are_covered()
    {
        var handler = File.ReadAllText(
            Path.Combine(Repository.Root, "src", "Auth.Application", "Authentication", "Login.cs")
        );
        var listed = LoginFiles().Matches(s_page).Select(name => name.Groups["path"].Value).ToList();

        foreach (var collaborator in new[] { "PasswordGuard", "PasswordCheck", "SessionStarter" })
        {
            handler.ShouldContain(collaborator);
            listed.ShouldContain(path => path.EndsWith($"/{collaborator}.cs", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"`(?<path>(src|tests|build)/[^`\s]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex FileNames();

    [GeneratedRegex(@"^\d\. `(?<path>src/[^`]+)`$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex LoginFiles();
}
