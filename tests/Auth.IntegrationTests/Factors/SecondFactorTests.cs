using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Factors;

public sealed class SecondFactorTests : IAsyncLifetime
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(30);

    private readonly TestDatabase _database = new();
    private readonly TestService _service;
    private readonly HttpClient _client;

    public SecondFactorTests()
    {
        _service = TestService.Start(_database);
        _client = _service.Client;
    }

    private DateTimeOffset Now => _service.Clock.GetUtcNow();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task A_sign_in_takes_the_password_and_the_code()
    {
        var enrolled = await EnrolAsync();
        enrolled.RecoveryCodes.Count.ShouldBe(10);
        _service.Clock.Advance(s_step);
        var problem = await _client
            .PostAsync("/api/auth/login", new { email = enrolled.Account.Email, password = enrolled.Account.Password })
            .ShouldBeProblemAsync(401, "SECOND_FACTOR_REQUIRED");
        problem.Texts("methods").ShouldBe(["totp", "recovery_code"]);
        problem.ShouldHaveInstant("expiresAt").ShouldBe(Now.AddMinutes(5), TimeSpan.FromSeconds(5));

        var signIn = await _client
            .CompleteLoginAsync(problem.Text("challenge"), enrolled.App.CodeAt(Now))
            .ShouldBeAsync(200);

        var claims = Http.Claims(signIn.Text("accessToken"));
        claims.Text("acr").ShouldBe("mfa");
        claims.Texts("amr").ShouldBe(["pwd", "otp", "mfa"]);
        var user = await _client.GetAsync("/api/users/me", signIn.Text("accessToken")).ShouldBeAsync(200);
        user["secondFactorEnabled"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_password_reveals_nothing_about_factors()
    {
        var enrolled = await EnrolAsync();
        var other = await Account.RegisterAsync(_client);

        foreach (var email in new[] { enrolled.Account.Email, other.Email })
        {
            await _client
                .PostAsync("/api/auth/login", new { email, password = "wrong" })
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }
    }

    [Theory]
    [InlineData(-1, 200)]
    [InlineData(0, 200)]
    [InlineData(1, 200)]
    [InlineData(-2, 401)]
    [InlineData(2, 401)]
    public async Task A_code_may_be_one_step_off(int steps, int status)
    {
        var enrolled = await EnrolAsync();
        _service.Clock.Advance(3 * s_step);
        var challenge = await _client.BeginLoginAsync(enrolled.Account);

        using var response = await _client.CompleteLoginAsync(challenge, enrolled.App.CodeAt(Now + steps * s_step));

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task The_code_of_the_enrolment_is_used_up()
    {
        var account = await Account.RegisterAsync(_client);
        var enrolled = await _client.EnrolAppAsync(account, _service.Clock);
        var code = enrolled.App.CodeAt(Now);
        var challenge = await _client.BeginLoginAsync(enrolled.Account);

        await _client.CompleteLoginAsync(challenge, code).ShouldBeProblemAsync(401, "INVALID_CODE");
    }

    [Fact]
    public async Task A_code_works_once_even_if_the_clock_is_set_back()
    {
        var enrolled = await EnrolAsync();
        _service.Clock.Advance(2 * s_step);
        var code = enrolled.App.CodeAt(Now);
        var earlier = enrolled.App.CodeAt(Now - s_step);
        await _client.CompleteLoginAsync(await _client.BeginLoginAsync(enrolled.Account), code).ShouldBeAsync(200);

        foreach (var used in new[] { code, earlier })
        {
            var challenge = await _client.BeginLoginAsync(enrolled.Account);
            await _client.CompleteLoginAsync(challenge, used).ShouldBeProblemAsync(401, "INVALID_CODE");
        }

        _service.Clock.Advance(-s_step);
        await _client
            .CompleteLoginAsync(await _client.BeginLoginAsync(enrolled.Account), code)
            .ShouldBeProblemAsync(401, "INVALID_CODE");
    }

    [Fact]
    public async Task A_recovery_code_works_once_however_it_is_written()
    {
        var enrolled = await EnrolAsync();
        var code = enrolled.RecoveryCodes[0];
        var written = code.ToLowerInvariant()
            .Replace("-", " ", StringComparison.Ordinal)
            .Replace('0', 'o')
            .Replace('1', 'l');

        await CompleteAsync(written).ShouldBeAsync(200);

        await CompleteAsync(code).ShouldBeProblemAsync(401, "INVALID_CODE");
        var list = await _client.GetAsync("/api/auth/factors", enrolled.Account.AccessToken).ShouldBeAsync(200);
        list["recoveryCodesLeft"]!.GetValue<int>().ShouldBe(9);

        async Task<HttpResponseMessage> CompleteAsync(string recoveryCode) =>
            await _client.PostAsync(
                "/api/auth/login/second-factor",
                new { challenge = await _client.BeginLoginAsync(enrolled.Account), recoveryCode }
            );
    }

    [Fact]
    public async Task An_empty_code_is_none_and_is_not_counted()
    {
        var enrolled = await EnrolAsync();
        var challenge = await _client.BeginLoginAsync(enrolled.Account);

        for (var i = 0; i < 20; i++)
        {
            await _client
                .PostAsync("/api/auth/login/second-factor", new { challenge, code = "" })
                .ShouldBeProblemAsync(400, "VALIDATION_FAILED");
            await _client
                .PostAsync("/api/auth/step-up", new { recoveryCode = "" }, enrolled.Account.AccessToken)
                .ShouldBeProblemAsync(400, "VALIDATION_FAILED");
        }

        var body = new
        {
            challenge,
            code = "",
            recoveryCode = enrolled.RecoveryCodes[0],
        };
        await _client.PostAsync("/api/auth/login/second-factor", body).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_challenge_is_answered_once()
    {
        var enrolled = await EnrolAsync();
        _service.Clock.Advance(s_step);
        var challenge = await _client.BeginLoginAsync(enrolled.Account);
        await _client.CompleteLoginAsync(challenge, enrolled.App.CodeAt(Now)).ShouldBeAsync(200);
        _service.Clock.Advance(s_step);

        await _client
            .CompleteLoginAsync(challenge, enrolled.App.CodeAt(Now))
            .ShouldBeProblemAsync(400, "INVALID_OR_EXPIRED_TOKEN");
    }

    [Fact]
    public async Task A_challenge_expires_after_five_minutes()
    {
        var enrolled = await EnrolAsync();
        var challenge = await _client.BeginLoginAsync(enrolled.Account);
        _service.Clock.Advance(TimeSpan.FromMinutes(5));

        await _client
            .CompleteLoginAsync(challenge, enrolled.App.CodeAt(Now))
            .ShouldBeProblemAsync(400, "INVALID_OR_EXPIRED_TOKEN");
    }

    [Theory]
    [InlineData("password")]
    [InlineData("factor")]
    [InlineData("disable")]
    public async Task A_change_of_the_account_ends_an_open_challenge(string change)
    {
        var enrolled = await EnrolAsync();
        _service.Clock.Advance(s_step);
        var account = enrolled.Account;
        var challenge = await _client.BeginLoginAsync(account);

        switch (change)
        {
            case "password":
                await _client
                    .PostAsync(
                        "/api/auth/change-password",
                        new { currentPassword = account.Password, newPassword = "a-brand-new-battery-staple" },
                        account.AccessToken
                    )
                    .ShouldBeAsync(204);
                break;
            case "factor":
                await _client
                    .SendAsync("DELETE", $"/api/auth/factors/{enrolled.Id}", bearer: account.AccessToken)
                    .ShouldBeAsync(204);
                break;
            default:
                var admin = await Account.LoginAsAdminAsync(_client);
                await _client
                    .PostAsync($"/api/users/{account.Id}/disable", body: null, admin.AccessToken)
                    .ShouldBeAsync(200);
                break;
        }

        await _client
            .CompleteLoginAsync(challenge, enrolled.App.CodeAt(Now))
            .ShouldBeProblemAsync(400, "INVALID_OR_EXPIRED_TOKEN");
    }

    [Fact]
    public async Task A_challenge_belongs_to_the_known_device_that_sent_the_password()
    {
        var enrolled = await EnrolAsync();
        _service.Clock.Advance(s_step);
        var account = enrolled.Account;
        var first = await _client
            .PostAsync(
                "/api/auth/login/second-factor",
                new
                {
                    challenge = await _client.BeginLoginAsync(account),
                    code = enrolled.App.CodeAt(Now),
                    refreshTokenIn = "body",
                    deviceToken = "",
                }
            )
            .ShouldBeAsync(200);
        var deviceToken = first.Text("deviceToken");
        _service.Clock.Advance(s_step);
        var problem = await _client
            .PostAsync(
                "/api/auth/login",
                new
                {
                    email = account.Email,
                    password = account.Password,
                    deviceToken,
                }
            )
            .ShouldBeProblemAsync(401, "SECOND_FACTOR_REQUIRED");
        var challenge = problem.Text("challenge");
        var code = enrolled.App.CodeAt(Now);

        await _client.CompleteLoginAsync(challenge, code).ShouldBeProblemAsync(400, "INVALID_OR_EXPIRED_TOKEN");
        await _client
            .PostAsync(
                "/api/auth/login/second-factor",
                new
                {
                    challenge,
                    code,
                    deviceToken,
                }
            )
            .ShouldBeAsync(200);
    }

    [Fact]
    public async Task Wrong_codes_count_like_wrong_passwords_and_the_right_password_does_not_forgive_them()
    {
        var enrolled = await EnrolAsync();
        _service.Clock.Advance(s_step);
        for (var i = 0; i < 10; i++)
        {
            var challenge = await _client.BeginLoginAsync(enrolled.Account);
            await _client
                .CompleteLoginAsync(challenge, enrolled.App.WrongCodeAt(Now))
                .ShouldBeProblemAsync(401, "INVALID_CODE");
        }

        await _client
            .PostAsync("/api/auth/login", new { email = enrolled.Account.Email, password = enrolled.Account.Password })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        // After the delay, there is one attempt for the password, and one for the code.
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        var single = await _client.BeginLoginAsync(enrolled.Account);
        await _client
            .CompleteLoginAsync(single, enrolled.App.WrongCodeAt(Now))
            .ShouldBeProblemAsync(401, "INVALID_CODE");
        await _client
            .CompleteLoginAsync(single, enrolled.App.CodeAt(Now))
            .ShouldBeProblemAsync(400, "INVALID_OR_EXPIRED_TOKEN");

        _service.Clock.Advance(TimeSpan.FromMinutes(2));
        single = await _client.BeginLoginAsync(enrolled.Account);
        await _client.CompleteLoginAsync(single, enrolled.App.CodeAt(Now)).ShouldBeAsync(200);
        await _client.BeginLoginAsync(enrolled.Account);
    }

    [Fact]
    public async Task An_enrolment_is_replaced_by_the_next_and_forgotten_after_ten_minutes()
    {
        var account = await Account.RegisterAsync(_client);
        var first = await _client.PostAsync("/api/auth/factors/totp", new { }, account.AccessToken).ShouldBeAsync(201);
        first.Text("uri").ShouldStartWith("otpauth://totp/auth.example.com:");
        var second = await _client
            .PostAsync("/api/auth/factors/totp", new { name = "Phone" }, account.AccessToken)
            .ShouldBeAsync(201);

        await ConfirmAsync(first).ShouldBeProblemAsync(404, "NOT_FOUND");
        await _client.LoginSucceedsAsync(account);
        _service.Clock.Advance(TimeSpan.FromMinutes(10));
        await ConfirmAsync(second).ShouldBeProblemAsync(404, "NOT_FOUND");

        Task<HttpResponseMessage> ConfirmAsync(System.Text.Json.Nodes.JsonNode enrolment) =>
            _client.PostAsync(
                $"/api/auth/factors/totp/{enrolment.Text("id")}/confirm",
                new { code = new AuthenticatorApp(enrolment.Text("secret")).CodeAt(Now) },
                account.AccessToken
            );
    }

    [Fact]
    public async Task Enrolling_raises_the_session_and_revokes_earlier_tokens_which_a_refresh_replaces()
    {
        var account = await Account.RegisterAsync(_client);
        var other = await account.LoginAgainAsync(_client);

        var enrolled = await _client.EnrolAppAsync(account, _service.Clock);

        Http.Claims(enrolled.Account.AccessToken).Text("acr").ShouldBe("mfa");
        foreach (var token in new[] { account.AccessToken, other.AccessToken })
        {
            var revoked = await _client.GetAsync("/api/auth/me", token).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            revoked.Text("reason").ShouldBe("factors_changed");
            revoked["refresh"]!.GetValue<bool>().ShouldBeTrue();
        }

        other = await other.RefreshAsync(_client);
        Http.Claims(other.AccessToken).Text("acr").ShouldBe("pwd");
    }

    [Fact]
    public async Task A_step_up_takes_the_second_factor_once_one_is_enrolled()
    {
        var enrolled = await EnrolAsync();
        _service.Clock.Advance(TimeSpan.FromMinutes(11));
        var account = await enrolled.Account.RefreshAsync(_client);

        await ShouldRequireMfaAsync(account.AccessToken);
        var weak = await StepUpAsync(new { password = account.Password }).ShouldBeAsync(200);
        weak.Text("acr").ShouldBe("pwd");
        await ShouldRequireMfaAsync(weak.Text("accessToken"));

        var strong = await StepUpAsync(new { code = enrolled.App.CodeAt(Now) }).ShouldBeAsync(200);
        strong.Text("acr").ShouldBe("mfa");
        await _client.GetAsync("/api/users/me/export", strong.Text("accessToken")).ShouldBeAsync(200);

        using var wrong = await StepUpAsync(new { code = enrolled.App.CodeAt(Now) });
        await wrong.ShouldBeProblemAsync(401, "INVALID_CODE");
        wrong.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        await StepUpAsync(new { recoveryCode = enrolled.RecoveryCodes[3] }).ShouldBeAsync(200);
        await StepUpAsync(new { code = "000000", recoveryCode = enrolled.RecoveryCodes[4] })
            .ShouldBeInvalidAsync("code");
        await StepUpAsync(new { password = account.Password, code = "000000" }).ShouldBeInvalidAsync("password");

        Task<HttpResponseMessage> StepUpAsync(object body) =>
            _client.PostAsync("/api/auth/step-up", body, account.AccessToken);

        async Task ShouldRequireMfaAsync(string token)
        {
            var problem = await _client
                .GetAsync("/api/users/me/export", token)
                .ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");
            problem.Text("acrValues").ShouldBe("mfa");
        }
    }

    [Fact]
    public async Task Recovery_codes_are_replaced_and_go_with_the_last_factor()
    {
        var enrolled = await EnrolAsync();
        var token = enrolled.Account.AccessToken;
        var renewed = await _client.PostAsync("/api/auth/factors/recovery-codes", body: null, token).ShouldBeAsync(200);
        renewed.Texts("recoveryCodes").Count().ShouldBe(10);
        renewed.Texts("recoveryCodes").ShouldNotContain(enrolled.RecoveryCodes[0]);
        var challenge = await _client.BeginLoginAsync(enrolled.Account);
        await _client
            .PostAsync("/api/auth/login/second-factor", new { challenge, recoveryCode = enrolled.RecoveryCodes[0] })
            .ShouldBeProblemAsync(401, "INVALID_CODE");

        await _client.SendAsync("DELETE", $"/api/auth/factors/{enrolled.Id}", bearer: token).ShouldBeAsync(204);

        var account = await enrolled.Account.RefreshAsync(_client);
        var list = await _client.GetAsync("/api/auth/factors", account.AccessToken).ShouldBeAsync(200);
        list["factors"]!.AsArray().ShouldBeEmpty();
        list["recoveryCodesLeft"]!.GetValue<int>().ShouldBe(0);
        await _client.LoginSucceedsAsync(account);
    }

    [Fact]
    public async Task A_factor_is_renamed_and_those_of_others_are_not_found()
    {
        var enrolled = await EnrolAsync();
        var stranger = await Account.RegisterAsync(_client);
        var route = $"/api/auth/factors/{enrolled.Id}";

        var renamed = await _client
            .SendAsync("PATCH", route, new { name = "Phone" }, enrolled.Account.AccessToken)
            .ShouldBeAsync(200);
        renamed.ShouldHaveMembers("id", "kind", "name", "createdAt", "lastUsedAt").Text("name").ShouldBe("Phone");

        foreach (var method in new[] { "PATCH", "DELETE" })
        {
            await _client
                .SendAsync(method, route, new { name = "Mine" }, stranger.AccessToken)
                .ShouldBeProblemAsync(404, "NOT_FOUND");
        }
    }

    [Fact]
    public async Task An_enrolment_of_a_weak_session_is_not_confirmed_once_another_factor_exists()
    {
        var weak = await Account.RegisterAsync(_client);
        var strong = await weak.LoginAgainAsync(_client);
        var pending = await _client.PostAsync("/api/auth/factors/totp", new { }, weak.AccessToken).ShouldBeAsync(201);
        await _client.AddPasskeyAsync(strong);
        weak = await weak.RefreshAsync(_client);

        var problem = await _client
            .PostAsync(
                $"/api/auth/factors/totp/{pending.Text("id")}/confirm",
                new { code = new AuthenticatorApp(pending.Text("secret")).CodeAt(Now) },
                weak.AccessToken
            )
            .ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");

        problem.Text("acrValues").ShouldBe("mfa");
    }

    [Fact]
    public async Task A_session_that_began_with_a_passkey_has_no_password_in_its_methods()
    {
        var (passkey, account) = await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));
        var request = await _client.PostAsync("/api/auth/login/passkey/options", new { }).ShouldBeAsync(200);
        var signIn = await _client
            .PostAsync(
                "/api/auth/login/passkey",
                new
                {
                    challengeToken = request.Text("challengeToken"),
                    credential = passkey.Get(request["options"]!),
                    refreshTokenIn = "body",
                }
            )
            .ShouldBeAsync(200);

        var enrolled = await _client.EnrolAppAsync(account with { SignIn = signIn }, _service.Clock);

        Http.Claims(enrolled.Account.AccessToken).Texts("amr").ShouldBe(["otp", "mfa"]);
    }

    [Fact]
    public async Task An_administrator_removes_an_unconfirmed_app_without_a_trace()
    {
        var account = await Account.RegisterAsync(_client);
        await _client.PostAsync("/api/auth/factors/totp", new { }, account.AccessToken).ShouldBeAsync(201);
        var admin = await Account.LoginAsAdminAsync(_client);

        await _client
            .SendAsync("DELETE", $"/api/users/{account.Id}/factors", bearer: admin.AccessToken)
            .ShouldBeAsync(204);

        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
        _database.Count("AuditRecords", "\"Type\" = 'factor.removed'").ShouldBe(0);
        _database.Count("Factors", "1 = 1").ShouldBe(0);
    }

    [Fact]
    public async Task There_are_at_most_five_apps()
    {
        var account = await Account.RegisterAsync(_client);
        for (var i = 0; i < 5; i++)
        {
            account = (await _client.EnrolAppAsync(account, _service.Clock)).Account;
        }

        await _client
            .PostAsync("/api/auth/factors/totp", new { }, account.AccessToken)
            .ShouldBeProblemAsync(409, "FACTOR_LIMIT_REACHED");
    }

    [Fact]
    public async Task An_administrator_removes_the_factors_of_a_user_who_has_lost_them()
    {
        var enrolled = await EnrolAsync();
        var admin = await Account.LoginAsAdminAsync(_client);

        await _client
            .SendAsync("DELETE", $"/api/users/{enrolled.Account.Id}/factors", bearer: admin.AccessToken)
            .ShouldBeAsync(204);

        await _client.LoginSucceedsAsync(enrolled.Account);
        var page = await _client
            .GetAsync($"/api/audit?userId={enrolled.Account.Id}&type=factor.removed", admin.AccessToken)
            .ShouldBeAsync(200);
        page["items"]!.AsArray().ShouldHaveSingleItem()!.Text("actorId").ShouldBe(admin.Id.ToString());
    }

    [Fact]
    public async Task Roles_can_require_a_second_factor_for_administrative_changes()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(
            database,
            clock: null,
            ("SecondFactor:RequiredForRoles:0", "admin")
        );
        var admin = await Account.LoginAsAdminAsync(service.Client);
        var problem = await service
            .Client.PostAsync(
                "/api/roles",
                new { name = "author", permissions = Array.Empty<string>() },
                admin.AccessToken
            )
            .ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");
        problem.Text("acrValues").ShouldBe("mfa");

        var enrolled = await service.Client.EnrolAppAsync(admin, service.Clock);

        await service
            .Client.PostAsync(
                "/api/roles",
                new { name = "author", permissions = Array.Empty<string>() },
                enrolled.Account.AccessToken
            )
            .ShouldBeAsync(201);
    }

    [Fact]
    public async Task The_export_lists_factors_without_secrets()
    {
        var enrolled = await EnrolAsync();

        var export = await _client.GetAsync("/api/users/me/export", enrolled.Account.AccessToken).ShouldBeAsync(200);

        export["factors"]!
            .AsArray()
            .ShouldHaveSingleItem()!
            .ShouldHaveMembers("id", "kind", "name", "createdAt", "lastUsedAt");
        export["recoveryCodesLeft"]!.GetValue<int>().ShouldBe(10);
    }

    private async Task<EnrolledApp> EnrolAsync() =>
        await _client.EnrolAppAsync(await Account.RegisterAsync(_client), _service.Clock);
}
