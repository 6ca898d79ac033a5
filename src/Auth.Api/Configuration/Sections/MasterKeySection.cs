namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the master keys.</summary>
internal static class MasterKeySection
{
    /// <summary>How to generate a random secret.</summary>
    public const string HowToGenerate = "Generate one with: openssl rand -base64 32";

    private const string Key = "Security:MasterKey";

    /// <summary>Reads the master keys, the current one first; empty in Development if none is configured.</summary>
    public static List<byte[]> Read(SettingValues values)
    {
        List<byte[]> keys = [];
        if (values.Secret(Key) is { } text)
        {
            if (MasterKeyText.FindProblem(text, out var key, allowSamples: values.IsDevelopment) is { } problem)
            {
                values.AddError(Key, $"{problem} {HowToGenerate}");
            }

            keys.Add(key);
        }
        else if (!values.IsDevelopment)
        {
            values.AddError(Key, $"a master key is required. {HowToGenerate}");
        }

        foreach (var (entry, previous) in values.SecretList("Security:PreviousMasterKeys"))
        {
            if (MasterKeyText.FindProblem(previous, out var key, allowSamples: true) is { } problem)
            {
                values.AddError(entry, problem);
            }
            else if (MasterKeyText.FindProblem(previous, out _, allowSamples: false) is not null)
            {
                values.WarnOutsideDevelopment(
                    entry,
                    "the key is a publicly known sample; remove it as soon as possible."
                );
            }

            keys.Add(key);
        }

        if (values.IsDevelopment && keys.Count > 0 && values.Text(Key) is null)
        {
            values.AddError(
                Key,
                $"a master key is required together with Security:PreviousMasterKeys. {HowToGenerate}"
            );
        }

        return keys;
    }
}
