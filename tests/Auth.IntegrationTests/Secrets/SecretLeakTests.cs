using System.Buffers.Text;
using System.Text.Json.Nodes;
using Auth.Domain.ServiceAccounts;
using Auth.IntegrationTests.Malformed;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Secrets;

public sealed class SecretLeakTests
{
    private const string Password = "Sentinel-Zebra-Quilt-9417";
    private const string NewPassword = "Sentinel-Osprey-Lantern-2286";
    private const string WrongPassword = "Sentinel-Walrus-Trumpet-5530";
    private const string RefusedPassword = "Sentine\u0000l-Marmot-Gravel-7719";

    private const string Sentinel = "sentinel-heron-4471";

    private static readonly (string, string?)[] s_everything =
    [
        ("Logging:LogLevel:Default", "Trace"),
        ("Logging:LogLevel:Microsoft", "Trace"),
        ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Trace"),
        ("Logging:LogLevel:System", "Trace"),
    ];

    private readonly List<string> _secrets =
    [
        Password,
        NewPassword,
        WrongPassword,
        "l-Marmot-Gravel-7719",
        TestService.AdminPassword,
        TestService.MasterKey,
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_password_and_no_token_is_logged_or_stored(bool everythingIsLogged)
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database, clock: null, everythingIsLogged ? s_everything : []);

        var account = await UseEverythingAsync(service, database, inAddresses: !everythingIsLogged);

        var log = string.Join('\n', service.Log.Lines);
        var stored = database.DumpText();
        // The right places are checked.
        log.ShouldContain("Now listening on");
        stored.ShouldContain(account.Email);
        if (everythingIsLogged)
        {
            log.ShouldContain("/api/auth/change-password");
        }

        foreach (var secret in _secrets.Distinct())
        {
            log.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{secret} was logged");
            stored.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{secret} was stored");
        }

        var hash = (string)
            database.Scalar($"SELECT \"PasswordHash\" FROM \"Users\" WHERE {database.IdIs(account.Id.ToString())}")!;
        hash.ShouldNotBeNullOrEmpty();
        log.ShouldNotContain(hash);
    }

    [Fact]
    public async Task No_route_logs_values_from_bodies_tokens_or_cookies()
    {
        using var database = new TestDatabase();
        await using var mail = MailService.Start(database, new TestClock(), s_everything);
        var service = mail.Service;
        var operations = await ApiDocument.ReadAsync(service.Client);
        foreach (var operation in operations)
        {
            foreach (var token in new[] { null, "e30.e30." + Sentinel, Sentinel, "" })
            {
                // Empty means a valid one, with which the values get as far as possible.
                var bearer = token == "" ? (await Account.LoginAsAdminAsync(service.Client)).AccessToken : token;
                var path = operation
                    .Template.Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
                    .Replace("{name}", "nowhere", StringComparison.Ordinal);
                using var response = await service.Client.SendAsync(
                    operation.Method,
                    path,
                    operation.Example is { } example ? Http.Json(WithSentinels(example)) : null,
                    bearer,
                    cookie: $"refreshToken={Sentinel}; device={Sentinel}"
                );
                ((int)response.StatusCode).ShouldBeLessThan(500);
            }
        }

        operations.Count.ShouldBeGreaterThan(30);
        // Everything is logged except these values.
        service.Log.Lines.ShouldContain(line => line.Contains("/api/users/me/delete", StringComparison.Ordinal));
        service.Log.Lines.Where(line => line.Contains(Sentinel, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // Everywhere except in roles and service accounts, whose properties are neither secret nor personal.
    private static string WithSentinels(JsonObject example) =>
        new JsonObject(
            example.Select(member =>
                KeyValuePair.Create<string, JsonNode?>(
                    member.Key,
                    member.Key switch
                    {
                        "email" => $"{Sentinel}@example.com",
                        "refreshTokenIn" => "body",
                        "name"
                        or "description"
                        or "role"
                        or "roles"
                        or "permissions"
                        or "emergency"
                        or "status"
                        or "expiresAt" => member.Value?.DeepClone(),
                        _ => Sentinel,
                    }
                )
            )
        ).ToJsonString();

    private async Task<Account> UseEverythingAsync(TestService service, TestDatabase database, bool inAddresses)
    {
        var client = service.Client;
        var account = Remember(await Account.RegisterAsync(client, password: Password));
        var other = Remember(await account.LoginAgainAsync(client));
        using (
            var byCookie = await client.PostAsync("/api/auth/login", new { email = account.Email, password = Password })
        )
        {
            RememberToken(byCookie.Cookie().ShouldNotBeNull().Value.Value!);
            _secrets.Add((await byCookie.ShouldBeAsync(200)).Text("accessToken"));
        }

        // Rejected in every possible way.
        await RefusedAsync("/api/auth/login", new { email = account.Email, password = WrongPassword });
        await RefusedAsync("/api/auth/login", new { email = Account.NewEmail(), password = WrongPassword });
        await RefusedAsync("/api/auth/login", new { email = "nobody", password = WrongPassword });
        await RefusedAsync("/api/auth/login", Http.Json("{\"password\":\"" + WrongPassword + "\","));
        await RefusedAsync("/api/auth/login", Http.Json("{\"password\":[\"" + WrongPassword + "\"]}"));
        await RefusedAsync("/api/auth/login", Http.Json("\"" + WrongPassword + "\"" + new string(' ', 20_000)));
        await RefusedAsync("/api/auth/login", Http.Bytes("password=Sentinel-Walrus-Trumpet-5530"u8, "text/plain"));
        await RefusedAsync("/api/auth/register", new { email = account.Email, password = WrongPassword });
        await RefusedAsync("/api/auth/register", new { email = Account.NewEmail(), password = RefusedPassword });
        await RefusedAsync("/api/auth/register", new { email = WrongPassword, password = RefusedPassword });
        await RefusedAsync(
            "/api/auth/change-password",
            new { currentPassword = WrongPassword, newPassword = NewPassword }
        );
        await RefusedAsync(
            "/api/auth/change-password",
            new { currentPassword = Password, newPassword = RefusedPassword }
        );
        await RefusedAsync("/api/users/me/delete", new { password = WrongPassword });
        await RefusedAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken + "x" });
        await RefusedAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken[..^1] });
        await RefusedAsync("/api/auth/refresh", new { refreshToken = account.AccessToken });
        foreach (var header in new[] { "Bearer {0}x", "Bearer {0} {0}", "Basic {0}", "{0}" })
        {
            var value = header.Replace("{0}", account.AccessToken, StringComparison.Ordinal);
            using var response = await client.SendAsync("GET", "/api/auth/me", headers: ("Authorization", value));
            await response.ShouldBeSomeProblemAsync();
        }

        if (inAddresses)
        {
            // Where secrets do not belong but end up nevertheless.
            await client.SendAsync("GET", $"/api/auth/me?access_token={account.AccessToken}").ShouldBeAsync(401);
            await client.SendAsync("GET", $"/api/auth/{account.RefreshToken}").ShouldBeAsync(404);
            await client
                .SendAsync("POST", $"/api/auth/login?password={Password}&email={account.Email}")
                .ShouldBeAsync(400);
        }

        // Rotated, retried, replayed, changed, logged out, deleted.
        var refreshed = Remember(await other.RefreshAsync(client));
        Remember(await other.RefreshAsync(client));
        Remember(await refreshed.RefreshAsync(client));
        service.Clock.Advance(TimeSpan.FromSeconds(31));
        await RefusedAsync("/api/auth/refresh", new { refreshToken = other.RefreshToken });
        await client
            .PostAsync(
                "/api/auth/change-password",
                new { currentPassword = Password, newPassword = NewPassword },
                account.AccessToken
            )
            .ShouldBeAsync(204);
        await client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        account = Remember(await account.RefreshAsync(client));
        Remember(await Account.LoginAsync(client, account.Email, NewPassword));
        await client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);
        var gone = Remember(await Account.RegisterAsync(client, password: Password));
        await client
            .PostAsync("/api/users/me/delete", new { password = Password }, gone.AccessToken)
            .ShouldBeAsync(204);

        await UseServiceAsync(client);

        // An unexpected exception.
        database.Execute(
            $"UPDATE \"Users\" SET \"PasswordHash\" = 'broken' WHERE \"Email\" = '{TestService.AdminEmail}'"
        );
        using var broken = await client.PostAsync(
            "/api/auth/login",
            new { email = TestService.AdminEmail, password = TestService.AdminPassword }
        );
        await broken.ShouldBeSomeProblemAsync();
        return account;

        async Task RefusedAsync(string route, object body)
        {
            using var response = await client.PostAsync(route, body, account.AccessToken);
            var problem = await response.ShouldBeSomeProblemAsync();
            ((int)response.StatusCode).ShouldBeLessThan(500);
            problem.ToJsonString().ShouldNotContain("Sentinel");
        }
    }

    private async Task UseServiceAsync(HttpClient client)
    {
        var service = await Service.CreateAsync(client, await Account.LoginAsAdminAsync(client), "admin");
        var wrong = ClientSecret.Create().Text;
        foreach (var secret in new[] { service.Secret, wrong })
        {
            _secrets.Add(secret);
            _secrets.Add(secret[ClientSecret.Prefix.Length..]);
            _secrets.Add(Service.Basic(service.Id, secret).Parameter!);
        }

        var token = await service.GetTokenAsync(client);
        _secrets.Add(token);
        _secrets.Add(token.Split('.')[2]);
        await service.IntrospectAsync(client, token);
        await client.GetAsync("/api/users", token).ShouldBeAsync(200);
        await Service
            .PostFormAsync(
                client,
                "/oauth/token",
                authorization: null,
                ("grant_type", "client_credentials"),
                ("client_id", service.Id),
                ("client_secret", wrong)
            )
            .ShouldBeAsync(401);
        await (service with { Secret = wrong }).AskForTokenAsync(client).ShouldBeAsync(401);
        await Service
            .PostFormAsync(
                client,
                "/oauth/token",
                authorization: null,
                ("client_secret", wrong),
                ("client_secret", wrong)
            )
            .ShouldBeAsync(400);
        await client
            .PostAsync("/oauth/token", new { client_id = service.Id, client_secret = wrong })
            .ShouldBeAsync(415);
        await Service.PostFormAsync(client, "/oauth/revoke", authorization: null, ("token", token)).ShouldBeAsync(200);
        await client.GetAsync("/api/users", token).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
    }

    private Account Remember(Account account)
    {
        _secrets.Add(account.AccessToken);
        _secrets.Add(account.AccessToken.Split('.')[2]);
        RememberToken(account.RefreshToken);
        return account;
    }

    private void RememberToken(string refreshToken)
    {
        _secrets.Add(refreshToken);
        var secret = Base64Url.DecodeFromChars(refreshToken).AsSpan()[^32..];
        _secrets.Add(Convert.ToBase64String(secret));
        _secrets.Add(Convert.ToHexString(secret));
    }
}
