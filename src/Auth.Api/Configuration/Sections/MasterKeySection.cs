namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the one secret that runs the service, and its predecessors.</summary>
internal static class MasterKeySection
{
    /// <summary>How to make a random secret.</summary>
    public const string HowToMake = "Make one with: openssl rand -base64 32";

    private const string Key = "Security:MasterKey";

    /// <summary>Reads the master keys: the one in use first; none in Development without configuration.</summary>
    public static List<byte[]> Read(SettingValues values)
    {
        List<byte[]> keys = [];
        if (values.Secret(Key) is { } text)
        {
            if (MasterKeyText.FindProblem(text, out var key, allowSamples: values.IsDevelopment) is { } problem)
            {
                values.Refuse(Key, $"{problem} {HowToMake}");
            }

            keys.Add(key);
        }
        else if (!values.IsDevelopment)
        {
            values.Refuse(Key, $"a master key is needed. {HowToMake}");
        }

        foreach (var (entry, previous) in values.SecretList("Security:PreviousMasterKeys"))
        {
            if (MasterKeyText.FindProblem(previous, out var key, allowSamples: true) is { } problem)
            {
                values.Refuse(entry, problem);
            }
            else if (MasterKeyText.FindProblem(previous, out _, allowSamples: false) is not null)
            {
                values.WarnOutsideDevelopment(
                    entry,
                    "this is a sample that others know; remove it as soon as you can."
                );
            }

            keys.Add(key);
        }

        if (values.IsDevelopment && keys.Count > 0 && values.Text(Key) is null)
        {
            values.Refuse(Key, $"with Security:PreviousMasterKeys a master key is needed. {HowToMake}");
        }

        return keys;
    }
}
