using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Documentation;

public sealed partial class TestCitationTests
{
    [Theory]
    [InlineData("docs/sessions.md")]
    [InlineData("docs/authorization.md")]
    [InlineData("docs/security.md")]
    public void Every_mentioned_test_exists(string page)
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .ToList();
        var named = TestNames().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)));

        named.ShouldNotBeEmpty();
        named
            .Where(name =>
                !sources.Exists(source => Has(source, name.Groups["class"].Value, name.Groups["method"].Value))
            )
            .Select(name => name.Value)
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("docs/security.md")]
    public void Every_mentioned_file_exists(string page)
    {
        var named = FileNames().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)));

        named.ShouldNotBeEmpty();
        named
            .Select(name => name.Groups["path"].Value)
            .Where(path => !File.Exists(Path.Combine(Repository.Root, path)))
            .ShouldBeEmpty();
    }

    private static bool Has(string source, string @class, string method) =>
        Regex.IsMatch(source, $@" class {@class}\b", RegexOptions.None, Regex.InfiniteMatchTimeout)
        && (method.Length == 0 || source.Contains($" {method}(", StringComparison.Ordinal));

    // Test classes end in Tests, and their methods contain underscores, unlike other names in code font.
    [GeneratedRegex(
        @"`(?<class>[A-Z]\w+Tests)(\.(?<method>\w+))?`|`(?<class>[A-Z]\w+)\.(?<method>\w+_\w+)`",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex TestNames();

    [GeneratedRegex(@"`(?<path>(src|tests|build)/[^`]+\.\w+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex FileNames();
}
