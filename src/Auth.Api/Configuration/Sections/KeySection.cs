using Auth.Infrastructure.Security.Keys;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the rotation of signing keys.</summary>
internal static class KeySection
{
    public static KeyOptions Read(SettingValues values)
    {
        const string AnnounceKey = $"{KeyOptions.Section}:AnnouncePeriod";
        var defaults = new KeyOptions();
        var keys = new KeyOptions
        {
            RotationPeriod = values.Duration($"{KeyOptions.Section}:RotationPeriod", defaults.RotationPeriod),
            AnnouncePeriod = values.Duration(AnnounceKey, defaults.AnnouncePeriod, min: TimeSpan.Zero),
        };
        if (keys.AnnouncePeriod >= keys.RotationPeriod)
        {
            values.AddError(
                AnnounceKey,
                $"the announcement period ({keys.AnnouncePeriod:c}) must be shorter than the rotation period ({keys.RotationPeriod:c});"
                    + $" shorten it, or lengthen {KeyOptions.Section}:RotationPeriod."
            );
        }
        else if (keys.AnnouncePeriod < TimeSpan.FromDays(1))
        {
            values.Warn(
                AnnounceKey,
                $"{keys.AnnouncePeriod:c} is short; services that fetch the keys twice a day may receive tokens with an unknown key."
            );
        }

        return keys;
    }
}
