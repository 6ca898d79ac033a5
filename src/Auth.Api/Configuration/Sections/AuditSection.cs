using Auth.Infrastructure.Persistence.Audit;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the options of the audit log.</summary>
internal static class AuditSection
{
    public static AuditOptions Read(SettingValues values) =>
        new()
        {
            Retention = values.Duration(
                $"{AuditOptions.Section}:Retention",
                new AuditOptions().Retention,
                min: TimeSpan.FromDays(1)
            ),
        };
}
