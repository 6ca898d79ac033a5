using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Importing;

/// <summary>An example of docs/import.md: the file that it shows, and the command that imports it.</summary>
/// <param name="Title">The heading.</param>
/// <param name="File">The text of the file.</param>
/// <param name="Options">The options of the command, with the file names of the guide.</param>
internal sealed partial record ImportGuide(string Title, string File, string[] Options)
{
    public static IReadOnlyList<ImportGuide> Examples { get; } =
    [
        .. System
            .IO.File.ReadAllText(Path.Combine(Repository.Root, "docs", "import.md"))
            .Split("\n## ")
            .Select(section =>
                (Title: section.Split('\n')[0], File: Files().Match(section), Command: Commands().Match(section))
            )
            .Where(section => section.File.Success)
            .Select(section => new ImportGuide(
                section.Title,
                section.File.Groups["text"].Value,
                section.Command.Groups["options"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            )),
    ];

    /// <summary>The options in the guide for a format.</summary>
    public static string[] OptionsOf(string format, string idsFile) =>
        Examples.Single(example => example.Options.Contains(format)).OptionsWith(idsFile);

    public string[] OptionsWith(string idsFile) =>
        [.. Options.Select(option => option == "ids.ndjson" ? idsFile : option)];

    [GeneratedRegex(@"```(json|csv)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Files();

    [GeneratedRegex(
        @"^dotnet Auth\.Api\.dll import-users \S+ (?<options>.*)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Commands();
}
