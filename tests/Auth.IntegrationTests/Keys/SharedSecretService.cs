using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

/// <summary>A service with HS256, whose secret the tests know as well as it does.</summary>
public sealed class SharedSecretService()
    : ServiceFixture(("Jwt:Algorithm", "HS256"), ("Jwt:Secret", ForgedAccessTokens.Secret));
