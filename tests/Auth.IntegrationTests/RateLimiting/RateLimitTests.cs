using System.Globalization;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.RateLimiting;

public sealed class RateLimitTests : IAsyncLifetime
{
    private const int Limit = 3;

    private readonly TestDatabase _database = new();
    private TestService? _service;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _database.Dispose();
    }

    [Theory]
    [InlineData("/api/auth/login")]
    [InlineData("/api/auth/register")]
    [InlineData("/api/auth/refresh")]
    [InlineData("/api/auth/change-password")]
    [InlineData("/api/users/me/delete")]
    [InlineData("/API/Auth/login/")]
    [InlineData("/api/auth/%6cogin")]
    public async Task Above_the_limit_clients_get_Retry_After(string route)
    {
        Start();
        for (var i = 0; i < Limit; i++)
        {
            ((int)await StatusAsync(route)).ShouldNotBe(429);
        }

        using var response = await _service!.Client.PostAsync(route, new { });

        ((int)response.StatusCode).ShouldBe(429);
        int.Parse(response.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture)
            .ShouldBeInRange(1, 3600);
        if (!route.Contains('%', StringComparison.Ordinal))
        {
            await response.ShouldBeProblemAsync(429, "RATE_LIMITED");
        }
    }

    [Fact]
    public async Task Limits_are_counted_separately_and_other_routes_have_none()
    {
        Start();
        await ExhaustAsync("/api/auth/login");

        (await StatusAsync("/api/auth/refresh")).ShouldBe(401);
        for (var i = 0; i < 3 * Limit; i++)
        {
            (await StatusAsync("/api/auth/logout")).ShouldBe(204);
        }
    }

    [Fact]
    public async Task An_address_forwarded_by_an_unknown_peer_is_ignored()
    {
        Start();
        await ExhaustAsync("/api/auth/login");

        (await StatusAsync("/api/auth/login", "203.0.113.7")).ShouldBe(429);
    }

    [Fact]
    public async Task An_address_forwarded_by_a_trusted_proxy_is_counted()
    {
        Start(("ForwardedHeaders:KnownProxies:0", "127.0.0.1"));
        await ExhaustAsync("/api/auth/login", "203.0.113.7");

        (await StatusAsync("/api/auth/login", "::ffff:203.0.113.7")).ShouldBe(429);
        (await StatusAsync("/api/auth/login", "203.0.113.8")).ShouldBe(400);
        // The part that the client itself had sent, before the address that the proxy saw.
        (await StatusAsync("/api/auth/login", "203.0.113.8, 203.0.113.7")).ShouldBe(429);
    }

    [Fact]
    public async Task An_IPv6_64_network_is_one_client()
    {
        Start(("ForwardedHeaders:KnownProxies:0", "127.0.0.1"));
        await ExhaustAsync("/api/auth/login", "2001:db8:1:2::1");

        (await StatusAsync("/api/auth/login", "2001:db8:1:2:aaaa:bbbb:cccc:dddd")).ShouldBe(429);
        (await StatusAsync("/api/auth/login", "2001:db8:1:3::1")).ShouldBe(400);
    }

    [Fact]
    public async Task Limits_can_be_disabled()
    {
        Start(("RateLimiting:Enabled", "false"));

        for (var i = 0; i < 3 * Limit; i++)
        {
            (await StatusAsync("/api/auth/login")).ShouldBe(400);
        }
    }

    private void Start(params (string, string?)[] settings)
    {
        (string, string?)[] limits =
        [
            ("RateLimiting:Enabled", "true"),
            .. new[] { "Login", "Register", "Refresh", "ChangePassword" }.SelectMany(policy =>
                new (string, string?)[]
                {
                    ($"RateLimiting:{policy}:PermitLimit", Limit.ToString(CultureInfo.InvariantCulture)),
                    ($"RateLimiting:{policy}:Window", "01:00:00"),
                }
            ),
        ];
        _service = TestService.Start(_database, clock: null, [.. limits, .. settings]);
    }

    private async Task ExhaustAsync(string route, string? forwardedFor = null)
    {
        for (var i = 0; i < Limit; i++)
        {
            (await StatusAsync(route, forwardedFor)).ShouldBe(400);
        }

        (await StatusAsync(route, forwardedFor)).ShouldBe(429);
    }

    private async Task<int> StatusAsync(string route, string? forwardedFor = null)
    {
        (string, string)[] headers = forwardedFor is null ? [] : [("X-Forwarded-For", forwardedFor)];
        using var response = await _service!.Client.SendAsync("POST", route, new { }, headers: headers);
        return (int)response.StatusCode;
    }
}
