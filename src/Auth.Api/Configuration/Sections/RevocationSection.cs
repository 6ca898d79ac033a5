using Auth.Infrastructure.Background;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads how instances learn of each other's revocations.</summary>
internal static class RevocationSection
{
    public static RevocationOptions Read(SettingValues values)
    {
        const string StalenessKey = $"{RevocationOptions.Section}:MaxStaleness";
        var defaults = new RevocationOptions();
        var revocation = new RevocationOptions
        {
            PollInterval = values.Duration(
                $"{RevocationOptions.Section}:PollInterval",
                defaults.PollInterval,
                min: TimeSpan.FromMilliseconds(20),
                max: TimeSpan.FromHours(1)
            ),
            MaxStaleness = values.Duration(StalenessKey, defaults.MaxStaleness, max: TimeSpan.FromHours(24)),
        };
        if (revocation.MaxStaleness <= revocation.PollInterval)
        {
            values.AddError(StalenessKey, $"the value must be greater than {RevocationOptions.Section}:PollInterval.");
        }

        return revocation;
    }
}
