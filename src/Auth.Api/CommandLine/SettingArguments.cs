namespace Auth.Api.CommandLine;

/// <summary>
/// Separates the settings of the service (<c>--Section:Key=value</c>), which may appear anywhere on the command line, from
/// the command.
/// </summary>
internal static class SettingArguments
{
    /// <summary>The prefix of options and settings.</summary>
    public const string Prefix = "--";

    // Host settings, which belong to no section.
    private static readonly HashSet<string> s_hostSettings = new(
        ["urls", "environment", "contentRoot"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether an argument names a setting, not an option.</summary>
    public static bool IsSetting(string name) =>
        IsOption(name)
        && (name.Contains(':', StringComparison.Ordinal) || s_hostSettings.Contains(name[Prefix.Length..]));

    /// <summary>Separates settings from the command with its arguments and options.</summary>
    /// <returns>The command, empty to run the service, and the settings.</returns>
    public static (string[] Command, string[] Settings) Split(string[] args)
    {
        var command = new List<string>();
        var settings = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!IsSetting(args[i].Split('=')[0]) || IsLone(args, i))
            {
                command.Add(args[i]);
            }
            else
            {
                settings.Add(HasValue(args[i]) ? args[i] : $"{args[i]}={args[++i]}");
            }
        }

        // Without a command everything is a setting, in any form that .NET accepts: --key value, /key value, key=value.
        var rest = command.ToArray();
        return
            rest is [var first, ..]
            && (IsWord(first) || rest.Any(IsHelp) || rest.Where((_, i) => IsLone(rest, i)).Any())
            ? (rest, [.. settings])
            : ([], args);
    }

    private static bool IsOption(string argument) => argument.StartsWith(Prefix, StringComparison.Ordinal);

    private static bool HasValue(string argument) => argument.Contains('=', StringComparison.Ordinal);

    private static bool IsWord(string argument) =>
        argument.Length > 0 && argument[0] is not ('-' or '/') && !HasValue(argument);

    private static bool IsHelp(string argument) => argument is "--help" or "-h" or "-?";

    // A lone --word has no effect as a setting, so it must be meant as something else.
    private static bool IsLone(string[] args, int index) =>
        IsOption(args[index]) && !HasValue(args[index]) && (index + 1 == args.Length || IsOption(args[index + 1]));
}
