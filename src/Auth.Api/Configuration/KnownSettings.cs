namespace Auth.Api.Configuration;

/// <summary>
/// The known settings, for detecting unknown ones: a misspelled limit or lifetime would otherwise silently leave the
/// default in force.
/// </summary>
internal sealed class KnownSettings
{
    // Belongs to .NET: it may contain connection strings of other programs.
    private const string SharedSection = "ConnectionStrings";

    private readonly HashSet<string> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _sections = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string key)
    {
        _keys.Add(key);
        if (key.Split(ConfigurationPath.KeyDelimiter, 2) is [var section, _])
        {
            _sections.Add(section);
        }
    }

    /// <summary>Adds a list, whose entries have keys of their own.</summary>
    public void AddList(string key) => _lists.Add(key);

    /// <summary>Finds unknown settings in our sections.</summary>
    public IEnumerable<(string Key, string Problem)> FindUnknown(IReadOnlyList<IConfigurationSection> all)
    {
        foreach (var section in all.Where(section => _sections.Contains(section.Key)))
        {
            foreach (var key in Leaves(section).Where(key => !IsKnown(key)))
            {
                var nearest = FindNearest(key);
                if (!section.Key.Equals(SharedSection, StringComparison.OrdinalIgnoreCase))
                {
                    yield return (key, $"Unknown setting. {Suggest(key, nearest)}");
                }
                else if (IsNear(key, nearest) && string.IsNullOrWhiteSpace(section[NameOf(nearest)]))
                {
                    yield return (key, $"Unknown connection string. {Suggest(key, nearest)}");
                }
            }
        }
    }

    /// <summary>
    /// Finds sections whose names resemble ours, and names with a single underscore instead of two. They may be environment
    /// variables of other programs, so they are only worth a warning.
    /// </summary>
    public IEnumerable<(string Key, string Warning)> FindMisspelledSections(IReadOnlyList<IConfigurationSection> all)
    {
        foreach (var other in all.Where(section => !_sections.Contains(section.Key)))
        {
            var meant =
                _sections.FirstOrDefault(section => IsNearSection(other.Key, section)) is { } near
                && other.GetChildren().Any()
                    ? near
                    : _keys.FirstOrDefault(key => IsWithSingleUnderscore(other.Key, key));
            if (meant is not null)
            {
                yield return (other.Key, $"Unknown setting, ignored. Did you mean {meant}?");
            }
        }
    }

    private bool IsKnown(string key) =>
        _keys.Contains(key) || _lists.Contains(ConfigurationPath.GetParentPath(key) ?? "");

    // The right name in the wrong section is nearer than any other name.
    private string FindNearest(string key) =>
        _keys
            .Except(_lists, StringComparer.OrdinalIgnoreCase)
            .Concat(_lists.Select(list => ConfigurationPath.Combine(list, "0")))
            .OrderBy(known => HasNameOf(key, known) ? 0 : 1)
            .ThenBy(known => Spelling.Distance(key, known))
            .First();

    private string Suggest(string key, string nearest)
    {
        if (IsNear(key, nearest) || HasNameOf(key, nearest))
        {
            return $"Did you mean {nearest}?";
        }

        var section = key[..(key.IndexOf(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal) + 1)];
        var names = _keys.Where(known => known.StartsWith(section, StringComparison.OrdinalIgnoreCase));
        return $"Known settings are {string.Join(", ", names)}.";
    }

    // The indexes of list entries are not names.
    private static bool HasNameOf(string key, string known) =>
        !char.IsAsciiDigit(key[^1]) && NameOf(key).Equals(NameOf(known), StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string key) => ConfigurationPath.GetSectionKey(key);

    // Some sources give a section an empty value of its own.
    private IEnumerable<string> Leaves(IConfigurationSection section) =>
        section
            .AsEnumerable()
            .Where(pair => pair.Value is not null && pair.Key != section.Path)
            .Where(pair => pair.Value!.Length > 0 || !IsGroup(pair.Key))
            .Select(pair => pair.Key);

    private bool IsGroup(string key) =>
        _keys.Any(known => known.StartsWith(key + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase));

    // Compares the lengths first: there are as many names as environment variables.
    private static bool IsWithSingleUnderscore(string name, string key) =>
        name.Length == key.Length
        && key.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)
        && key.Replace(ConfigurationPath.KeyDelimiter, "_", StringComparison.Ordinal)
            .Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsNearSection(string name, string section) =>
        Math.Max(1, section.Length / 4) is var tolerance
        && Math.Abs(name.Length - section.Length) <= tolerance
        && Spelling.Distance(name, section) <= tolerance;

    private static bool IsNear(string key, string known) =>
        Spelling.Distance(key, known) <= Math.Max(2, NameOf(known).Length / 3);
}
