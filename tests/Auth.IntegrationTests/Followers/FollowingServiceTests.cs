using System.Buffers.Text;
using System.Text;
using Auth.Bearer;
using Auth.IntegrationTests.Keys;
using Auth.IntegrationTests.Malformed;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Followers;

/// <summary>What ends on one instance is refused by a service that follows the other.</summary>
public sealed class FollowingServiceTests(TwoIssuers issuers) : IClassFixture<TwoIssuers>
{
    private HttpClient Auth => issuers.Client;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_logout_is_refused_with_and_without_a_stream(bool stream)
    {
        var network = new Backchannel(issuers.Second.Client.BaseAddress!) { RefusesStreams = !stream };
        await using var service = await StartAsync(network);
        var phone = await Account.RegisterAsync(Auth);
        var laptop = await phone.LoginAgainAsync(Auth);
        (await service.Client.GetAsync("/me", phone.AccessToken).ShouldBeAsync(200))
            .Text("id")
            .ShouldBe(phone.Id.ToString("D"));

        await Auth.PostAsync("/api/auth/logout", new { refreshToken = phone.RefreshToken }).ShouldBeAsync(204);

        await ShouldRevokeAsync(service, phone);
        (await service.StatusAsync(laptop.AccessToken)).ShouldBe(200);
    }

    [Fact]
    public async Task Whether_to_refresh_is_known_where_the_session_may_go_on()
    {
        await using var service = await StartAsync();
        var admin = await Account.LoginAsAdminAsync(Auth);
        var account = await Account.RegisterAsync(Auth);
        await Auth.SendAsync(
                "PUT",
                $"/api/users/{account.Id}/roles",
                new { roles = new[] { "editor" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);
        await EventuallyAsync(service, account.AccessToken, 401);
        await service.Client.GetAsync("/users", account.AccessToken).ShouldBeRevokedAsync(refresh: true);

        account = await account.RefreshAsync(Auth);
        (await service.StatusAsync(account.AccessToken, "/users")).ShouldBe(200);

        await Auth.PostAsync($"/api/users/{account.Id}/disable", body: null, admin.AccessToken).ShouldBeAsync(200);
        await EventuallyAsync(service, account.AccessToken, 401);
        await account.ShouldHaveEndedAsync(Auth, "user_disabled");
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions()
    {
        await using var service = await StartAsync();
        var phone = await Account.RegisterAsync(Auth);
        var laptop = await phone.LoginAgainAsync(Auth);
        await Auth.PostAsync(
                "/api/auth/change-password",
                new { currentPassword = phone.Password, newPassword = "quite-another-battery-staple" },
                phone.AccessToken
            )
            .ShouldBeAsync(204);

        await EventuallyAsync(service, laptop.AccessToken, 401);
        phone = await phone.RefreshAsync(Auth);
        (await service.StatusAsync(phone.AccessToken)).ShouldBe(200);
    }

    [Fact]
    public async Task An_emergency_rotation_withdraws_the_keys()
    {
        await using var others = new TwoIssuers();
        await others.InitializeAsync();
        var network = new Backchannel(others.Second.Client.BaseAddress!);
        await using var service = await FollowingService.StartAsync(others.Issuer, o => o.Backchannel = network);
        var admin = await Account.LoginAsAdminAsync(others.Client);
        var account = await Account.RegisterAsync(others.Client);
        (await service.StatusAsync(account.AccessToken)).ShouldBe(200);

        await others.Client.RotateAsync(admin.AccessToken, emergency: true).ShouldBeAsync(201);

        await EventuallyAsync(service, account.AccessToken, 401);
        await service.Client.GetAsync("/me", account.AccessToken).ShouldBeProblemAsync(401, "INVALID_TOKEN");
        account = await account.RefreshAsync(others.Client);
        await EventuallyAsync(service, account.AccessToken, 200);
        service.Revocations.IsCurrent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stream_that_is_cut_at_random_forgets_nothing()
    {
        var dice = new Dice(7);
        var network = new Backchannel(issuers.Second.Client.BaseAddress!)
        {
            CutStreamsAfter = () => 1 + dice.Below(4000),
        };
        await using var service = await StartAsync(network);
        for (var i = 0; i < Proof.Rounds(everyTime: 5, full: 100); i++)
        {
            var account = await Account.RegisterAsync(Auth);
            await Auth.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);
            await ShouldRevokeAsync(service, account);
        }
    }

    [Theory]
    [InlineData(StaleBehavior.Reject, 503)]
    [InlineData(StaleBehavior.Accept, 200)]
    public async Task After_an_outage_of_five_minutes_everything_is_known_again(StaleBehavior onStale, int status)
    {
        var network = new Backchannel(issuers.Second.Client.BaseAddress!) { RefusesStreams = true };
        await using var service = await StartAsync(network, options => options.OnStale = onStale);
        var (before, during, active) = (
            await Account.RegisterAsync(Auth),
            await Account.RegisterAsync(Auth),
            await Account.RegisterAsync(Auth)
        );
        await Auth.PostAsync("/api/auth/logout", new { refreshToken = before.RefreshToken }).ShouldBeAsync(204);
        await EventuallyAsync(service, before.AccessToken, 401);

        network.IsDown = true;
        await Auth.PostAsync("/api/auth/logout", new { refreshToken = during.RefreshToken }).ShouldBeAsync(204);
        service.Clock.Advance(TimeSpan.FromMinutes(5));

        (await service.StatusAsync(active.AccessToken)).ShouldBe(status);
        (await service.StatusAsync(before.AccessToken)).ShouldBe(401);
        using (var health = await service.Client.SendAsync("GET", "/health"))
        {
            ((int)health.StatusCode).ShouldBe(onStale == StaleBehavior.Reject ? 503 : 200);
        }

        // The clock of the service is right again as well.
        network.IsDown = false;
        service.Clock.Advance(TimeSpan.FromMinutes(-5));
        await EventuallyAsync(service, during.AccessToken, 401);
        (await service.StatusAsync(active.AccessToken)).ShouldBe(200);
        (await service.StatusAsync(before.AccessToken)).ShouldBe(401);
    }

    [Fact]
    public async Task A_replayed_list_takes_nothing_back_and_extends_nothing()
    {
        byte[]? first = null;
        var network = new Backchannel(issuers.Second.Client.BaseAddress!) { RefusesStreams = true };
        network.Replace = list => first ??= list;
        await using var service = await StartAsync(network);
        network.Replace = null;
        var account = await Account.RegisterAsync(Auth);
        await Auth.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);
        await EventuallyAsync(service, account.AccessToken, 401);

        network.Replace = _ => first;
        await service.Revocations.RefreshAsync(TestContext.Current.CancellationToken);
        (await service.StatusAsync(account.AccessToken)).ShouldBe(401);

        service.Clock.Advance(TimeSpan.FromMinutes(2));
        await service.Revocations.RefreshAsync(TestContext.Current.CancellationToken);
        service.Revocations.IsCurrent.ShouldBeFalse();
        (await service.StatusAsync(account.AccessToken)).ShouldBe(401);
    }

    public static TheoryData<string> Forgeries =>
        ["signature", "truncated", "token", "type", "another issuer", "algorithm", "nothing", "not JSON"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_list_that_is_not_genuine_is_refused_and_nothing_is_forgotten(string forgery)
    {
        var network = new Backchannel(issuers.Second.Client.BaseAddress!) { RefusesStreams = true };
        await using var service = await StartAsync(network);
        var (account, active) = (await Account.RegisterAsync(Auth), await Account.RegisterAsync(Auth));
        await Auth.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);
        await EventuallyAsync(service, account.AccessToken, 401);
        await using var other = new TwoIssuers();
        await other.InitializeAsync();
        var foreign = await Revocations.RevocationList.FetchAsync(other.Client);

        network.Replace = list => Forge(forgery, Encoding.ASCII.GetString(list), active.AccessToken, foreign.Text);
        // Another list each time, because an unchanged one is not sent again.
        await Proof.EventuallyAsync(
            async () =>
            {
                var last = await Account.RegisterAsync(Auth);
                await Auth.PostAsync("/api/auth/logout", new { refreshToken = last.RefreshToken }).ShouldBeAsync(204);
                try
                {
                    await service.Revocations.RefreshAsync(TestContext.Current.CancellationToken);
                    return false;
                }
                catch (HttpRequestException)
                {
                    return true;
                }
            },
            "the refusal of the list"
        );

        (await service.StatusAsync(account.AccessToken)).ShouldBe(401);
        (await service.StatusAsync(active.AccessToken)).ShouldBe(200);
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        (await service.StatusAsync(active.AccessToken)).ShouldBe(503);
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_reached_does_not_hold_up_the_start_and_tokens_are_refused_until_it_can()
    {
        var network = new Backchannel(issuers.Second.Client.BaseAddress!) { IsDown = true };
        await using var service = await StartAsync(
            network,
            options => options.StartTimeout = TimeSpan.FromMilliseconds(50)
        );
        var account = await Account.RegisterAsync(Auth);

        using (var refused = await service.Client.GetAsync("/me", account.AccessToken))
        {
            await refused.ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
        }

        network.IsDown = false;
        await EventuallyAsync(service, account.AccessToken, 200);
    }

    [Fact]
    public async Task Refusals_are_the_problems_of_the_contract()
    {
        await using var service = await StartAsync();
        var account = await Account.RegisterAsync(Auth);

        await service.Client.GetAsync("/me", bearer: null).ShouldBeProblemAsync(401, "MISSING_TOKEN");
        await service
            .Client.SendAsync("GET", "/me", headers: ("Authorization", "Basic YTpi"))
            .ShouldBeProblemAsync(401, "INVALID_FORMAT");
        await service.Client.GetAsync("/me", "x.y.z").ShouldBeProblemAsync(401, "INVALID_TOKEN");
        using (var forbidden = await service.Client.GetAsync("/users", account.AccessToken))
        {
            await forbidden.ShouldBeProblemAsync(403, "FORBIDDEN");
            forbidden.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"insufficient_scope\"");
        }

        service.Clock.Advance(TimeSpan.FromSeconds(-1)); // no effect on the token
        (await service.StatusAsync(account.AccessToken)).ShouldBe(200);
        service.Clock.Advance(TimeSpan.FromMinutes(16));
        await service.Client.GetAsync("/me", account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_EXPIRED");
    }

    [Fact]
    public async Task A_token_for_another_audience_is_refused()
    {
        await using var service = await FollowingService.StartAsync(issuers.Issuer, audience: "another");
        var account = await Account.RegisterAsync(Auth);

        await service.Client.GetAsync("/me", account.AccessToken).ShouldBeProblemAsync(401, "INVALID_TOKEN");
    }

    [Fact]
    public async Task A_route_can_require_a_recent_sign_in()
    {
        // Its clock goes wrong, and with it what it takes for the age of the list.
        await using var service = await StartAsync(configure: options => options.OnStale = StaleBehavior.Accept);
        var account = await Account.RegisterAsync(Auth);
        (await service.StatusAsync(account.AccessToken, "/transfers")).ShouldBe(200);

        service.Clock.Advance(TimeSpan.FromMinutes(11));
        using var refused = await service.Client.GetAsync("/transfers", account.AccessToken);

        ((int)refused.StatusCode).ShouldBe(401);
        refused
            .Headers.WwwAuthenticate.ToString()
            .ShouldBe("Bearer error=\"insufficient_user_authentication\", max_age=\"600\", acr_values=\"pwd\"");
        // A missing permission goes first.
        await service.Client.GetAsync("/strong", account.AccessToken).ShouldBeProblemAsync(403, "FORBIDDEN");
    }

    [Fact]
    public async Task Service_accounts_are_accepted_like_users_until_their_tokens_end()
    {
        await using var service = await StartAsync();
        var admin = await Account.LoginAsAdminAsync(Auth);
        var caller = await Service.CreateWithAsync(Auth, admin, "users:read");
        var other = await caller.AddSecretAsync(Auth, admin);
        var (ended, revoked, disabled) = (
            await caller.GetTokenAsync(Auth),
            await other.GetTokenAsync(Auth),
            await other.GetTokenAsync(Auth)
        );
        foreach (var token in new[] { ended, revoked, disabled })
        {
            (await service.Client.GetAsync("/me", token).ShouldBeAsync(200)).Text("id").ShouldBe(caller.Id);
            (await service.StatusAsync(token, "/users")).ShouldBe(200);
            (await service.StatusAsync(token, "/transfers")).ShouldBe(200); // services cannot sign in again
        }

        await caller.RemoveSecretAsync(Auth, admin);
        await EventuallyAsync(service, ended, 401);
        (await service.StatusAsync(revoked)).ShouldBe(200);

        await Service.PostFormAsync(Auth, "/oauth/revoke", authorization: null, ("token", revoked)).ShouldBeAsync(200);
        await EventuallyAsync(service, revoked, 401);
        (await service.StatusAsync(disabled)).ShouldBe(200);

        await Auth.SendAsync("DELETE", $"/api/service-accounts/{caller.Id}", bearer: admin.AccessToken)
            .ShouldBeAsync(204);
        await EventuallyAsync(service, disabled, 401);
    }

    private Task<FollowingService> StartAsync(
        Backchannel? network = null,
        Action<AuthBearerOptions>? configure = null
    ) =>
        FollowingService.StartAsync(
            issuers.Issuer,
            options =>
            {
                options.Backchannel = network ?? new Backchannel(issuers.Second.Client.BaseAddress!);
                configure?.Invoke(options);
            }
        );

    private static async Task ShouldRevokeAsync(FollowingService service, Account account)
    {
        await EventuallyAsync(service, account.AccessToken, 401);
        await service.Client.GetAsync("/me", account.AccessToken).ShouldBeRevokedAsync(refresh: false);
    }

    private static Task EventuallyAsync(FollowingService service, string bearer, int status) =>
        Proof.EventuallyAsync(async () => await service.StatusAsync(bearer) == status, $"the status {status}");

    private static byte[] Forge(string forgery, string list, string token, string foreign)
    {
        var parts = list.Split('.');
        var text = forgery switch
        {
            "signature" => $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}",
            "truncated" => list[..^20],
            "token" => token,
            "type" => $"{token.Split('.')[0]}.{parts[1]}.{parts[2]}",
            "another issuer" => foreign,
            "algorithm" => $"{Encode("""{"alg":"none","typ":"revocations+jwt"}""")}.{parts[1]}.",
            "nothing" => "",
            _ => "<html>",
        };
        return Encoding.ASCII.GetBytes(text);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

internal static class RevokedAnswers
{
    /// <summary>Checks the answer to a revoked token. It need not say why.</summary>
    public static async Task ShouldBeRevokedAsync(this Task<HttpResponseMessage> answering, bool refresh)
    {
        using var response = await answering;
        var problem = await response.ShouldBeAsync(401);
        problem.Text("code").ShouldBe("TOKEN_REVOKED");
        (problem["refresh"]?.GetValue<bool>() ?? false).ShouldBe(refresh);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\"");
    }
}
