using System.Text.RegularExpressions;

namespace Auth.IntegrationTests.Support;

/// <summary>The commands of a page, run by a shell as if they were pasted.</summary>
public static partial class PastedCommands
{
    /// <summary>The bash blocks of a page, in order.</summary>
    /// <param name="page">The file, from the root of the repository.</param>
    /// <param name="heading">The heading of the one section to read; null for the whole page.</param>
    public static string Read(string page, string? heading = null)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page));
        if (heading is not null)
        {
            var start = text.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
            start.ShouldBeGreaterThan(-1, $"{page} has the section {heading}");
            var end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
            text = text[start..end];
        }

        var script = string.Concat(BashBlocks().Matches(text).Select(block => block.Groups["code"].Value));
        script.ShouldNotBeEmpty();

        // The shell of macOS takes a pasted comment for a command: it may report that, but nothing else.
        script
            .Split('\n')
            .Where(line => line.Contains('#', StringComparison.Ordinal) && !HarmlessComment().IsMatch(line))
            .ShouldBeEmpty("a comment is a line of its own, without characters that mean something to a shell");
        return script;
    }

    /// <summary>Runs commands in an empty folder and returns their output lines.</summary>
    public static async Task<string[]> RunAsync(string script)
    {
        var bash = Programs.Find("bash");
        Assert.SkipWhen(bash is null, "bash is not installed here");
        Assert.SkipWhen(Programs.Find("curl") is null, "curl is not installed here");

        // Responses do not end with a line break; in a terminal, prompts separate them.
        var separated = CurlCalls().Replace(script, match => match.Value + "; echo");
        var directory = Directory.CreateTempSubdirectory("auth-pasted-");
        try
        {
            var output = await Programs.RunAsync(bash, ["-e"], separated, directory.FullName);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"```bash\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex BashBlocks();

    [GeneratedRegex("^# [A-Za-z0-9_ .,:/-]+$")]
    private static partial Regex HarmlessComment();

    [GeneratedRegex(@"^curl (.*\\\n)*.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CurlCalls();
}
