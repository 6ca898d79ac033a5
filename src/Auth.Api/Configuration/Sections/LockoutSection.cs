using Auth.Domain.Lockout;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the limits on failed sign-ins.</summary>
internal static class LockoutSection
{
    public static LockoutPolicy Read(SettingValues values)
    {
        const string EnabledKey = "Lockout:Enabled";
        const string HardLimitKey = "Lockout:HardLimit";
        const string MaxDelayKey = "Lockout:MaxDelay";
        const int MostFailures = 1_000_000;
        var defaults = new LockoutPolicy();
        var lockout = new LockoutPolicy
        {
            Enabled = values.Switch(EnabledKey, defaults.Enabled),
            Threshold = values.Number("Lockout:Threshold", defaults.Threshold, 1, MostFailures),
            FirstDelay = values.Duration("Lockout:FirstDelay", defaults.FirstDelay, max: TimeSpan.FromDays(1)),
            MaxDelay = values.Duration(MaxDelayKey, defaults.MaxDelay, max: TimeSpan.FromDays(1)),
            HardLimit = values.Number(HardLimitKey, defaults.HardLimit, 1, MostFailures),
            Spraying = ReadSpraying(values, defaults.Spraying),
        };
        if (lockout.MaxDelay < lockout.FirstDelay)
        {
            values.AddError(MaxDelayKey, "the value must not be less than Lockout:FirstDelay.");
        }

        if (lockout.HardLimit < lockout.Threshold)
        {
            values.AddError(HardLimitKey, "the value must not be less than Lockout:Threshold.");
        }
        else if (lockout.HardLimit > defaults.HardLimit)
        {
            values.Warn(HardLimitKey, $"NIST SP 800-63B-4 allows at most {defaults.HardLimit} consecutive failures.");
        }

        if (!lockout.Enabled)
        {
            values.WarnOutsideDevelopment(EnabledKey, "passwords can be guessed without limit; enable it.");
        }

        return lockout;
    }

    private static SprayingPolicy ReadSpraying(SettingValues values, SprayingPolicy defaults) =>
        new()
        {
            // At least two: failures at one account are not spraying. Each failing address is stored with that many accounts.
            Threshold = values.Number("Lockout:Spraying:Threshold", defaults.Threshold, 2, 100),
            Window = values.Duration("Lockout:Spraying:Window", defaults.Window, max: TimeSpan.FromDays(1)),
            Throttle = values.Switch("Lockout:Spraying:Throttle", defaults.Throttle),
        };
}
