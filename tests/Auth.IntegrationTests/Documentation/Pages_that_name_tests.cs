using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Documentation;

public sealed partial class Pages_that_name_tests
{
    [Theory]
    [InlineData("docs/sessions.md")]
    public void Every_test_they_name_exists(string page)
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .ToList();
        var named = TestNames().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)));

        named.ShouldNotBeEmpty();
        foreach (Match name in named)
        {
            var source = sources.Find(text =>
                text.Contains($" class {name.Groups["class"].Value}", StringComparison.Ordinal)
            );
            source.ShouldNotBeNull(name.Value);
            source.ShouldContain($" {name.Groups["method"].Value}", customMessage: name.Value);
        }
    }

    // Classes of tests are sentences, so they have an underscore, unlike other names in code font.
    [GeneratedRegex(@"`(?<class>[A-Z][a-z]+_[A-Za-z_]+)(\.(?<method>\w+))?`", RegexOptions.ExplicitCapture)]
    private static partial Regex TestNames();
}
