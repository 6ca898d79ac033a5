using System.Globalization;

namespace Auth.Api.Configuration;

/// <summary>
/// Reads single settings strictly and notes what is wrong with them instead of stopping at the first problem. A problem
/// names the key and how to mend it, and never repeats a value that may be a secret.
/// </summary>
internal sealed class SettingValues(IConfiguration configuration, bool isDevelopment)
{
    /// <summary>The shortest duration that most settings may have.</summary>
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The longest duration that a setting may have: ten years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private const char ByteOrderMark = '\uFEFF';

    private static readonly string[] DurationFormats = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss", @"hh\:mm\:ss\.fff"];

    private readonly List<string> _problems = [];
    private readonly List<string> _warnings = [];
    private readonly KnownSettings _known = new();
    private readonly Dictionary<string, string?> _texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _secrets = [];

    /// <summary>Whether this is a developer's machine, where being easy to start comes first.</summary>
    public bool IsDevelopment => isDevelopment;

    /// <summary>What keeps the service from starting.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What is allowed and unwise.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Notes what is wrong with a setting.</summary>
    public void Refuse(string key, string problem) => _problems.Add($"{key}: {problem}");

    /// <summary>Notes what is unwise about a setting.</summary>
    public void Warn(string key, string warning) => _warnings.Add($"{key}: {warning}");

    /// <summary>Notes what only a developer's machine should have.</summary>
    public void WarnOutsideDevelopment(string key, string warning)
    {
        if (!isDevelopment)
        {
            Warn(key, warning);
        }
    }

    /// <summary>The keys of the secrets that are set.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>
    /// The text of a setting, without blanks and line breaks around it; null if it is not set. An empty text is as good as
    /// none. Sections ask for each of their settings at every start, needed or not: what nobody asks for is unknown.
    /// </summary>
    public string? Text(string key)
    {
        if (!_texts.TryGetValue(key, out var text))
        {
            _known.Add(key);
            text = Clean(key, configuration[key]);
            _texts.Add(key, text);
        }

        return text;
    }

    /// <summary>The text of a setting that nobody but the service should be able to read.</summary>
    public string? Secret(string key)
    {
        var text = Text(key);
        if (text is not null && !_secrets.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            _secrets.Add(key);
        }

        return text;
    }

    /// <summary>The entries of a list with their keys.</summary>
    public IReadOnlyList<(string Key, string Value)> List(string key)
    {
        _known.AddList(key);
        if (Text(key) is not null)
        {
            Refuse(key, $"this is a list; name its entries {key}:0, {key}:1 and so on.");
        }

        return
        [
            .. configuration
                .GetSection(key)
                .GetChildren()
                .Select(entry => (entry.Path, Value: Clean(entry.Path, entry.Value)!))
                .Where(entry => entry.Value is not null),
        ];
    }

    /// <summary>The entries of a list that nobody but the service should be able to read.</summary>
    public IReadOnlyList<(string Key, string Value)> SecretList(string key)
    {
        var entries = List(key);
        _secrets.AddRange(entries.Select(entry => entry.Key));
        return entries;
    }

    /// <summary>Refuses settings in our sections that no section has asked for; call it after all of them.</summary>
    public void RefuseUnknown()
    {
        var all = configuration.GetChildren().ToList();
        foreach (var (key, problem) in _known.FindUnknown(all))
        {
            Refuse(key, problem);
        }

        foreach (var (key, warning) in _known.FindMisspelledSections(all))
        {
            Warn(key, warning);
        }
    }

    // One rule for all values. What surrounds them comes from the files they were read from: nearly every secret file ends
    // with a line break, and nobody means it. Quotes may be part of a password, so leaving them out is not ours to decide.
    private string? Clean(string key, string? value)
    {
        var text = value?.Trim().Trim(ByteOrderMark).Trim();
        if (text is ['"', .., '"'] or ['\'', .., '\''])
        {
            Refuse(key, "remove the quotes around the value; they would be part of it.");
            text = text[1..^1].Trim();
        }

        if (text?.Any(char.IsControl) == true)
        {
            Refuse(key, "the value must be a single line without control characters.");
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Number(string key, int fallback, int min, int max)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min
            && number <= max
        )
        {
            return number;
        }

        Refuse(key, $"'{text}' is not a whole number from {min} to {max}.");
        return fallback;
    }

    /// <summary>Yes or no.</summary>
    public bool Switch(string key, bool fallback)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        Refuse(key, $"'{text}' is neither true nor false.");
        return fallback;
    }

    /// <summary>One of a list of names, in any case.</summary>
    public string Choice(string key, string fallback, params IReadOnlyList<string> names)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        Refuse(key, $"'{text}' is not known; choose one of {string.Join(", ", names)}.");
        return fallback;
    }

    /// <summary>One of the names of an enumeration.</summary>
    public T Choice<T>(string key, T fallback)
        where T : struct, Enum => Enum.Parse<T>(Choice(key, fallback.ToString(), Enum.GetNames<T>()));

    /// <summary>
    /// A duration within bounds. The framework would take 15 for fifteen days, and 24:00:00 for as many.
    /// </summary>
    public TimeSpan Duration(string key, TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (!TimeSpan.TryParseExact(text, DurationFormats, CultureInfo.InvariantCulture, out var duration))
        {
            Refuse(key, $"'{text}' is no duration; write [d.]hh:mm:ss, for example 00:15:00 or 14.00:00:00.");
            return fallback;
        }

        if (duration < min || duration > max)
        {
            Refuse(key, $"{text} is out of bounds; it has to be from {min:c} to {max:c}.");
            return fallback;
        }

        return duration;
    }
}
