using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Durability;

/// <summary>A simulated user who remembers what the service acknowledged, until a request gets no response.</summary>
internal sealed class Person(MixedLoad load)
{
    private readonly string _email = Account.NewEmail();
    private readonly List<(JsonNode Session, string Reason)> _ended = [];

    private string _password = Account.DefaultPassword;
    private string? _formerPassword;

    /// <summary>The password of a change that was requested but not acknowledged: it may be the current one.</summary>
    private string? _askedPassword;

    /// <summary>The latest acknowledged state of the remaining session.</summary>
    private JsonNode? _session;

    /// <summary>A rotated refresh token whose successor has been rotated as well.</summary>
    private string? _supersededToken;

    /// <summary>Whether the service has acknowledged the registration.</summary>
    public bool IsRegistered => _session is not null;

    /// <summary>Sends the requests of a typical user, a hundred times as fast.</summary>
    /// <exception cref="UnansweredException">A request got no response: it may or may not have been processed.</exception>
    public async Task LiveAsync(int rounds)
    {
        _session = await load.SendAsync(
            "POST",
            "/api/auth/register",
            new
            {
                email = _email,
                password = _password,
                refreshTokenIn = "body",
            },
            expected: 201
        );
        for (var round = 0; round < rounds; round++)
        {
            await load.SendAsync("GET", "/api/auth/me", bearer: _session);
            await load.SendAsync("GET", "/api/users/me", bearer: _session);
            await RefreshTwiceAsync();
            await LogOutOnAnotherDeviceAsync();
            await ChangePasswordAsync($"violet-kettles-march-{Guid.CreateVersion7():n}");
        }
    }

    /// <summary>Checks that the service has everything that it had acknowledged.</summary>
    public async Task ShouldBeKnownAsync(HttpClient client)
    {
        await CheckPasswordsAsync(client);
        foreach (var (session, reason) in _ended)
        {
            await new Account(_email, _password, session).ShouldHaveEndedAsync(client, reason);
            await client
                .GetAsync("/api/auth/me", session.Text("accessToken"))
                .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        }

        var current = await new Account(_email, _password, _session!).RefreshAsync(client);
        await client.GetAsync("/api/users/me", current.AccessToken).ShouldBeAsync(200);
        if (_supersededToken is not null)
        {
            await ShouldBeSupersededAsync(client, current);
        }
    }

    // Depending on the duration of the restart, the grace window may be over.
    private async Task ShouldBeSupersededAsync(HttpClient client, Account current)
    {
        using var response = await client.PostAsync("/api/auth/refresh", new { refreshToken = _supersededToken });
        if (response.IsSuccessStatusCode)
        {
            (await response.ShouldBeAsync(200)).Text("refreshToken").ShouldBe(current.RefreshToken);
        }
        else
        {
            await response.ShouldBeProblemAsync(401, "TOKEN_REUSE_DETECTED");
        }
    }

    private async Task RefreshTwiceAsync()
    {
        var before = _session!.Text("refreshToken");
        _session = await RefreshAsync(_session!);
        _session = await RefreshAsync(_session);
        _supersededToken = before;
    }

    private async Task LogOutOnAnotherDeviceAsync()
    {
        var device = await RefreshAsync(await LoginAsync());
        await load.SendAsync(
            "POST",
            "/api/auth/logout",
            new { refreshToken = device.Text("refreshToken") },
            expected: 204
        );
        _ended.Add((device, "logout"));
    }

    private async Task ChangePasswordAsync(string newPassword)
    {
        var device = await LoginAsync();
        _askedPassword = newPassword;
        await load.SendAsync(
            "POST",
            "/api/auth/change-password",
            new { currentPassword = _password, newPassword },
            _session,
            expected: 204
        );
        (_formerPassword, _password, _askedPassword) = (_password, newPassword, null);
        _ended.Add((device, "password_changed"));
        _session = await RefreshAsync(_session!);
    }

    private Task<JsonNode> LoginAsync() =>
        load.SendAsync(
            "POST",
            "/api/auth/login",
            new
            {
                email = _email,
                password = _password,
                refreshTokenIn = "body",
            }
        );

    private Task<JsonNode> RefreshAsync(JsonNode session) =>
        load.SendAsync("POST", "/api/auth/refresh", new { refreshToken = session.Text("refreshToken") });

    private async Task CheckPasswordsAsync(HttpClient client)
    {
        var accepted = new List<string>();
        foreach (var password in new[] { _password, _askedPassword, _formerPassword }.OfType<string>())
        {
            using var response = await client.PostAsync("/api/auth/login", new { email = _email, password });
            if (response.IsSuccessStatusCode)
            {
                accepted.Add(password);
            }
            else
            {
                await response.ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
            }
        }

        accepted.ShouldHaveSingleItem().ShouldBeOneOf(_password, _askedPassword);
    }
}
