using Auth.Infrastructure.Security.Passwords;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the hashing and the rules of passwords.</summary>
internal static class PasswordSection
{
    public static PasswordOptions Read(SettingValues values)
    {
        const string CostKey = $"{PasswordOptions.Section}:BcryptCost";
        var defaults = new PasswordOptions();
        var passwords = new PasswordOptions
        {
            BcryptCost = values.Number(CostKey, defaults.BcryptCost, 4, 31),
            Bcrypt = values.Choice($"{PasswordOptions.Section}:Bcrypt", defaults.Bcrypt),
            MinLength = values.Number($"{PasswordOptions.Section}:MinLength", defaults.MinLength, 8, 64),
            MaxQueuedHashes = values.Number(
                $"{PasswordOptions.Section}:MaxQueuedHashes",
                defaults.MaxQueuedHashes,
                1,
                100_000
            ),
            Workers = values.Number($"{PasswordOptions.Section}:Workers", defaults.Workers, 0, 1024),
            ContextWords = ReadContextWords(values),
        };
        if (passwords.BcryptCost < 10)
        {
            values.Warn(
                CostKey,
                $"{passwords.BcryptCost} is only for tests, because such hashes are cracked quickly; use 10 or more."
            );
        }

        return passwords;
    }

    // Shorter names occur in too many unrelated words.
    private static List<string> ReadContextWords(SettingValues values)
    {
        const int MinLength = 3;
        List<string> words = [];
        foreach (var (key, word) in values.List($"{PasswordOptions.Section}:ContextWords"))
        {
            if (word.Count(char.IsLetterOrDigit) < MinLength)
            {
                values.AddError(key, $"'{word}' is too short; use at least {MinLength} letters or digits.");
            }

            words.Add(word);
        }

        return words;
    }
}
