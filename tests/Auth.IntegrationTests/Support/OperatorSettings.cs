namespace Auth.IntegrationTests.Support;

/// <summary>The settings of operators, for the service and its commands.</summary>
public static class OperatorSettings
{
    /// <summary>The required settings, and a cheap bcrypt cost for tests.</summary>
    public static (string Key, string Value)[] Required =>
        [
            ("Security:MasterKey", TestService.MasterKey),
            ("Jwt:Issuer", "https://auth.example.com"),
            ("Jwt:Audience", "example"),
            ("Passwords:BcryptCost", "4"),
        ];

    public static (string Key, string Value)[] For(TestDatabase database) =>
        For(database.Provider, database.ConnectionString);

    public static (string Key, string Value)[] For(string provider, string connectionString) =>
        [("Database:Provider", provider), ("ConnectionStrings:Auth", connectionString), .. Required];
}
