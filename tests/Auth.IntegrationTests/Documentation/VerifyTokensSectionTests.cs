using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Documentation;

/// <summary>The README shows parts of the samples, which other tests run.</summary>
public sealed partial class VerifyTokensSectionTests
{
    [Theory]
    [InlineData("csharp", "samples/Articles.Api/Program.cs")]
    [InlineData("js", "samples/node/server.js")]
    public void Its_code_matches_the_samples(string language, string sample)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, sample)).ToHashSet(StringComparer.Ordinal);

        var shown = Blocks()
            .Matches(readme)
            .Where(block => block.Groups["language"].Value == language)
            .SelectMany(block => block.Groups["code"].Value.Split('\n'))
            .Where(line => line.Length > 0)
            .ToList();

        shown.ShouldNotBeEmpty();
        shown.Where(line => !lines.Contains(line)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"```(?<language>\w+)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();
}
