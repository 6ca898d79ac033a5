namespace Auth.IntegrationTests.Support;

/// <summary>A process of the service with the settings of operators, except those that would limit load tests.</summary>
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
            // Long enough for a slow machine: a refresh whose response was lost is retried in time.
            ("Sessions:GraceWindow", "01:00:00"),
            .. settings,
        ]);
}
