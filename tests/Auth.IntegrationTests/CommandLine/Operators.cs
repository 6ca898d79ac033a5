using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.CommandLine;

/// <summary>What an operator sets for the service, and for its verbs alike.</summary>
internal static class Operators
{
    public static (string Key, string Value)[] Settings(TestDatabase database) =>
        Settings(database.Provider, database.ConnectionString);

    public static (string Key, string Value)[] Settings(string provider, string connectionString) =>
        [
            ("Database:Provider", provider),
            ("ConnectionStrings:Auth", connectionString),
            ("Security:MasterKey", TestService.MasterKey),
            ("Jwt:Issuer", "https://auth.example.com"),
            ("Jwt:Audience", "example"),
            ("Passwords:BcryptCost", "4"),
        ];
}
