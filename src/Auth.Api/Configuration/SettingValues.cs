using System.Globalization;

namespace Auth.Api.Configuration;

/// <summary>
/// Reads single settings strictly, and collects errors instead of stopping at the first one. An error names the key and the
/// fix, and never contains a value that may be secret.
/// </summary>
internal sealed class SettingValues(IConfiguration configuration, bool isDevelopment)
{
    private const char ByteOrderMark = '\uFEFF';

    private static readonly string[] DurationFormats = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss", @"hh\:mm\:ss\.fff"];

    private readonly List<string> _problems = [];
    private readonly List<string> _warnings = [];
    private readonly KnownSettings _known = new();
    private readonly Dictionary<string, string?> _texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _secrets = [];

    /// <summary>Whether the service runs in Development, where easy startup comes first.</summary>
    public bool IsDevelopment => isDevelopment;

    /// <summary>The errors, which prevent startup.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The warnings about settings that are allowed but unwise.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public void AddError(string key, string problem) => _problems.Add($"{key}: {problem}");

    public void Warn(string key, string warning) => _warnings.Add($"{key}: {warning}");

    /// <summary>Adds a warning, except in Development.</summary>
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
    /// Reads a setting without surrounding white space; null if it is missing or empty. Every section has to read all of its
    /// settings at every startup, needed or not: settings that nobody reads are reported as unknown.
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

    public string? Secret(string key)
    {
        var text = Text(key);
        if (text is not null && !_secrets.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            _secrets.Add(key);
        }

        return text;
    }

    /// <summary>Reads the entries of a list with their keys.</summary>
    public IReadOnlyList<(string Key, string Value)> List(string key)
    {
        _known.AddList(key);
        if (Text(key) is not null)
        {
            AddError(key, $"the setting is a list; set its entries as {key}:0, {key}:1 and so on.");
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

    public IReadOnlyList<(string Key, string Value)> SecretList(string key)
    {
        var entries = List(key);
        _secrets.AddRange(entries.Select(entry => entry.Key));
        return entries;
    }

    /// <summary>Adds an error for each unknown setting in our sections; called after all sections have been read.</summary>
    public void AddUnknownSettings()
    {
        var all = configuration.GetChildren().ToList();
        foreach (var (key, problem) in _known.FindUnknown(all))
        {
            AddError(key, problem);
        }

        foreach (var (key, warning) in _known.FindMisspelledSections(all))
        {
            Warn(key, warning);
        }
    }

    // White space around a value comes from the file it was read from: nearly every secret file ends with a line break.
    // Quotes may be part of a password, so they are not removed silently.
    private string? Clean(string key, string? value)
    {
        var text = value?.Trim().Trim(ByteOrderMark).Trim();
        if (text is ['"', .., '"'] or ['\'', .., '\''])
        {
            AddError(key, "remove the quotes around the value; they would become part of it.");
            text = text[1..^1].Trim();
        }

        if (text?.Any(char.IsControl) == true)
        {
            AddError(key, "the value must be a single line without control characters.");
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>Reads an integer within bounds.</summary>
    public int Number(string key, int fallback, int min, int max) =>
        Read(
            key,
            fallback,
            text =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= min
                && number <= max
                    ? number
                    : null,
            $"is not a whole number from {min} to {max}."
        );

    /// <summary>Reads a Boolean.</summary>
    public bool Switch(string key, bool fallback) =>
        Read(key, fallback, text => bool.TryParse(text, out var value) ? value : null, "is not true or false.");

    /// <summary>Reads one of a list of names, ignoring case.</summary>
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

        AddError(key, $"'{text}' is not supported; use one of {string.Join(", ", names)}.");
        return fallback;
    }

    /// <summary>Reads a member of an enumeration.</summary>
    public T Choice<T>(string key, T fallback)
        where T : struct, Enum => Enum.Parse<T>(Choice(key, fallback.ToString(), Enum.GetNames<T>()));

    /// <summary>
    /// Reads a duration from a second to ten years, or within other bounds. <see cref="TimeSpan.Parse(string)"/> would read 15
    /// as 15 days.
    /// </summary>
    public TimeSpan Duration(string key, TimeSpan fallback, TimeSpan? min = null, TimeSpan? max = null)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (!TimeSpan.TryParseExact(text, DurationFormats, CultureInfo.InvariantCulture, out var duration))
        {
            AddError(key, $"'{text}' is not a duration; use [d.]hh:mm:ss, for example 00:15:00 or 14.00:00:00.");
            return fallback;
        }

        var (least, most) = (min ?? TimeSpan.FromSeconds(1), max ?? TimeSpan.FromDays(3650));
        if (duration < least || duration > most)
        {
            AddError(key, $"{text} is out of range; use {least:c} to {most:c}.");
            return fallback;
        }

        return duration;
    }

    private T Read<T>(string key, T fallback, Func<string, T?> parse, string problem)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (parse(text) is { } value)
        {
            return value;
        }

        AddError(key, $"'{text}' {problem}");
        return fallback;
    }
}
