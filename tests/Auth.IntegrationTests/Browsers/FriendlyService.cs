using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Browsers;

/// <summary>A service that allows one other origin.</summary>
public sealed class FriendlyService() : ServiceFixture(("Cors:AllowedOrigins:0", Friend))
{
    public const string Friend = "https://app.example.com";
}
