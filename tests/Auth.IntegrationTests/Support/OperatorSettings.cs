namespace Auth.IntegrationTests.Support;

/// <summary>What operators set for the service and for its commands alike.</summary>
public static class OperatorSettings
{
    /// <summary>What has to be set, and a cost of bcrypt that does not keep tests waiting.</summary>
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
