namespace Auth.Api.CommandLine;

/// <summary>
/// A command line, taken apart: a verb with what it works on and its options, and settings of the service
/// (<c>--Section:Key=value</c>). Without a verb all of it is settings.
/// </summary>
internal sealed record CommandLineArguments
{
    private const string Prefix = "--";

    // Settings of the framework that are in no section.
    private static readonly HashSet<string> s_hostSettings = new(
        ["urls", "environment", "contentRoot"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether to explain what can be done.</summary>
    public bool WantsHelp { get; private init; }

    /// <summary>Why it cannot be understood, in one line; null if it can.</summary>
    public string? Mistake { get; private init; }

    /// <summary>What to do instead of serving; null to serve.</summary>
    public Verb? Verb { get; private init; }

    /// <summary>What the verb works on; null if it works on nothing in particular.</summary>
    public string? Operand { get; private init; }

    /// <summary>The options of the verb by name; empty text for those without a value.</summary>
    public IReadOnlyDictionary<string, string> Options { get; private init; } = new Dictionary<string, string>();

    /// <summary>The settings.</summary>
    public string[] Settings { get; private init; } = [];

    /// <summary>Takes a command line apart.</summary>
    public static CommandLineArguments Parse(IReadOnlyList<string> args)
    {
        if (args.Any(argument => argument is "--help" or "-h" or "-?") || args is ["help", ..])
        {
            return new() { WantsHelp = true };
        }

        if (args.Count == 0 || !IsWord(args[0]))
        {
            // A lone --word has no effect as a setting: it must be meant as something else.
            var lone = args.Where((argument, index) => IsLone(argument, args.ElementAtOrDefault(index + 1))).ToList();
            return lone.Count > 0 ? Wrong($"'{lone[0]}' needs a value.") : new() { Settings = [.. args] };
        }

        var verb = Verb.All.FirstOrDefault(candidate => IsStartOf(candidate.Name.Split(' '), args));
        return verb is null
            ? Wrong($"There is no verb '{args[0]}'.")
            : Parse(verb, [.. args.Skip(verb.Name.Split(' ').Length)]);
    }

    private static CommandLineArguments Parse(Verb verb, string[] arguments)
    {
        string? operand = null;
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new List<string>();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            var name = argument.Split('=', 2)[0];
            var inlineValue = name.Length < argument.Length ? argument[(name.Length + 1)..] : null;
            if (!argument.StartsWith(Prefix, StringComparison.Ordinal))
            {
                if (verb.Operand is null || operand is not null)
                {
                    return Wrong($"'{verb.Name}' does not know what to do with '{argument}'.");
                }

                operand = argument;
            }
            else if (verb.Options.FirstOrDefault(option => option.Name == name) is { } option)
            {
                if (option.Value is null ? inlineValue is not null : (inlineValue ??= TakeValue(rest)) is null)
                {
                    return Wrong($"'{name}' {(option.Value is null ? "takes no value" : $"needs a value: {option}")}.");
                }

                options[name] = inlineValue ?? "";
            }
            else if (IsSetting(name))
            {
                if ((inlineValue ??= TakeValue(rest)) is null)
                {
                    return Wrong($"'{name}' needs a value.");
                }

                settings.Add($"{name}={inlineValue}");
            }
            else
            {
                return Wrong($"'{verb.Name}' has no option '{name}'.");
            }
        }

        var missing = verb.Options.FirstOrDefault(option => option.IsRequired && !options.ContainsKey(option.Name));
        return verb.Operand is not null && operand is null ? Wrong($"'{verb.Name}' needs a {verb.Operand}.")
            : missing is not null ? Wrong($"'{verb.Name}' needs {missing}.")
            : new()
            {
                Verb = verb,
                Operand = operand,
                Options = options,
                Settings = [.. settings],
            };
    }

    /// <summary>Prints what can be done.</summary>
    public static async Task ExplainAsync(TextWriter output)
    {
        await output.WriteLineAsync("dotnet Auth.Api.dll [VERB] [--Section:Key=value …]");
        await output.WriteLineAsync();
        await output.WriteLineAsync("Without a verb, the service is started. Verbs:");
        foreach (var verb in Verb.All)
        {
            await output.WriteLineAsync($"  {verb.Usage}");
            await output.WriteLineAsync($"      {verb.Summary}");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync("All settings, in appsettings.json or the environment too, are in the README.");
    }

    private static CommandLineArguments Wrong(string mistake) => new() { Mistake = mistake };

    private static string? TakeValue(Queue<string> rest) =>
        rest.TryPeek(out var next) && !next.StartsWith(Prefix, StringComparison.Ordinal) ? rest.Dequeue() : null;

    private static bool IsStartOf(string[] words, IReadOnlyList<string> args) =>
        words.Length <= args.Count && words.Zip(args).All(pair => pair.First == pair.Second);

    // Settings may stand on the command line as well: --key=value, /key value, key=value.
    private static bool IsWord(string argument) =>
        argument.Length > 0 && argument[0] is not ('-' or '/') && !argument.Contains('=', StringComparison.Ordinal);

    private static bool IsSetting(string name) =>
        name.Contains(':', StringComparison.Ordinal) || s_hostSettings.Contains(name[Prefix.Length..]);

    private static bool IsLone(string argument, string? next) =>
        argument.StartsWith(Prefix, StringComparison.Ordinal)
        && !argument.Contains('=', StringComparison.Ordinal)
        && (next is null || next.StartsWith(Prefix, StringComparison.Ordinal));
}
