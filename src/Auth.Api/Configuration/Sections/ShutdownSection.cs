namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the shutdown settings.</summary>
internal static class ShutdownSection
{
    public static ShutdownSettings Read(SettingValues values) =>
        new(
            values.Duration(
                $"{ShutdownSettings.Section}:DrainDelay",
                TimeSpan.FromSeconds(values.IsDevelopment ? 0 : 5),
                min: TimeSpan.Zero,
                max: TimeSpan.FromMinutes(5)
            ),
            values.Duration(
                $"{ShutdownSettings.Section}:Timeout",
                TimeSpan.FromSeconds(30),
                max: TimeSpan.FromMinutes(10)
            )
        );
}
