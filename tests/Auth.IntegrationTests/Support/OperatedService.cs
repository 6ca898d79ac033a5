namespace Auth.IntegrationTests.Support;

/// <summary>A process of the service with all that operators set, but for what would keep a test from loading it.</summary>
public static class OperatedService
{
    public static ServiceProcess Start(
        string provider,
        string connectionString,
        params (string Key, string Value)[] settings
    ) =>
        new([
            .. OperatorSettings.For(provider, connectionString),
            ("Database:MigrateOnStartup", "true"),
            ("RateLimiting:Enabled", "false"),
            ("Bootstrap:AdminEmail", TestService.AdminEmail),
            ("Bootstrap:AdminPassword", TestService.AdminPassword),
            // However long a slow machine takes: a refresh whose answer was lost is asked for again in time.
            ("Sessions:GraceWindow", "01:00:00"),
            .. settings,
        ]);
}
