using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

/// <summary>Runs each step both in the service and in the model, and compares the responses.</summary>
internal sealed class ModelledUser(TestService[] instances, TestClock clock)
{
    private readonly SessionModel _model = new();
    private readonly string _email = Account.NewEmail();
    private readonly Tokens[] _tokens = [new(), new()];
    private string _password = Account.DefaultPassword;
    private Guid _id;

    public async Task RegisterAsync()
    {
        var account = await Account.RegisterAsync(instances[0].Client, _email, _password);
        _id = account.Id;
        _model.SignIn(_model.Devices[0], rightPassword: true, clock.GetUtcNow());
        _tokens[0].SignIn(account.SignIn);
    }

    public async Task TakeAsync(string action, int number, int instance)
    {
        var client = instances[instance].Client;
        var device = _model.Devices[number];
        var tokens = _tokens[number];
        var now = clock.GetUtcNow();
        switch (action)
        {
            case "SignIn":
                var signIn = Credentials(_password);
                await CompareAsync(
                    client,
                    "/api/auth/login",
                    signIn,
                    null,
                    _model.SignIn(device, true, now),
                    tokens.SignIn
                );
                break;
            case "SignInWithWrongPassword":
                var wrong = Credentials("not-" + _password);
                await CompareAsync(client, "/api/auth/login", wrong, null, _model.SignIn(device, false, now));
                break;
            case "Refresh":
                await RefreshAsync(client, device, tokens, age: 0, now);
                break;
            case "Replay" when tokens.Count > 1:
                await RefreshAsync(client, device, tokens, age: 1, now);
                break;
            case "ReplayOlder" when tokens.Count > 2:
                await RefreshAsync(client, device, tokens, age: 2, now);
                break;
            case "Call":
                await CallAsync(client, tokens, _model.Call(device, now));
                break;
            case "Logout" when tokens.Count > 0:
                var logout = new { refreshToken = tokens.Of(0) };
                await CompareAsync(client, "/api/auth/logout", logout, null, SessionModel.Logout(device, now));
                break;
            case "ChangePassword":
                await ChangePasswordAsync(client, device, tokens, now);
                break;
            case "Disable":
                await AdministerAsync(client, "disable", _model.Disable(now));
                break;
            case "Enable":
                await AdministerAsync(client, "enable", _model.Enable());
                break;
            case "LeaveGraceWindow":
                // Between one and three windows, either decision is allowed.
                clock.Advance(3 * SessionModel.GraceWindow);
                break;
            case "OutliveAccessToken":
                clock.Advance(TimeSpan.FromMinutes(11));
                break;
            case "OutliveSession":
                clock.Advance(TimeSpan.FromMinutes(61));
                break;
        }
    }

    private object Credentials(string password) =>
        new
        {
            email = _email,
            password,
            refreshTokenIn = "body",
        };

    private async Task RefreshAsync(
        HttpClient client,
        SessionModel.Device device,
        Tokens tokens,
        int age,
        DateTimeOffset now
    )
    {
        var expected = _model.Refresh(device, age, now);
        var body = new { refreshToken = tokens.Count == 0 ? "none" : tokens.Of(age) };
        await CompareAsync(
            client,
            "/api/auth/refresh",
            body,
            null,
            expected,
            answer =>
            {
                if (age > 0)
                {
                    answer.Text("refreshToken").ShouldBe(tokens.Of(0), "a rotated token yields the current one");
                }

                tokens.Refreshed(answer);
            }
        );
    }

    private static async Task CallAsync(HttpClient client, Tokens tokens, string expected)
    {
        if (expected != "200" && tokens.Access is not null)
        {
            await WaitForRefusalAsync(client, tokens.Access);
        }

        using var response = await client.GetAsync("/api/auth/me", tokens.Access);
        (await DescribeAsync(response)).ShouldBe(expected);
    }

    private async Task ChangePasswordAsync(
        HttpClient client,
        SessionModel.Device device,
        Tokens tokens,
        DateTimeOffset now
    )
    {
        var expected = _model.ChangePassword(device, now);
        if (expected != "204" && tokens.Access is not null)
        {
            await WaitForRefusalAsync(client, tokens.Access);
        }

        var password = $"horse-{Guid.CreateVersion7():n}";
        var body = new { currentPassword = _password, newPassword = password };
        await CompareAsync(client, "/api/auth/change-password", body, tokens.Access, expected);
        if (expected == "204")
        {
            _password = password;
        }
    }

    private async Task AdministerAsync(HttpClient client, string verb, string expected)
    {
        var admin = await Account.LoginAsAdminAsync(client);
        await CompareAsync(client, $"/api/users/{_id}/{verb}", null, admin.AccessToken, expected);
    }

    /// <summary>Revocations by another instance are known within the poll interval, and are permanent.</summary>
    private static Task WaitForRefusalAsync(HttpClient client, string accessToken) =>
        Proof.EventuallyAsync(
            async () =>
            {
                using var response = await client.GetAsync("/api/auth/me", accessToken);
                return !response.IsSuccessStatusCode;
            },
            "the end of the access token"
        );

    private static async Task CompareAsync(
        HttpClient client,
        string route,
        object? body,
        string? bearer,
        string expected,
        Action<JsonNode>? succeeded = null
    )
    {
        using var response = await client.PostAsync(route, body, bearer);
        (await DescribeAsync(response)).ShouldBe(expected, route);
        if (response.IsSuccessStatusCode && succeeded is not null)
        {
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            succeeded(JsonNode.Parse(text)!);
        }
    }

    private static async Task<string> DescribeAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return $"{(int)response.StatusCode}";
        }

        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return $"{(int)response.StatusCode} {problem.Text("code")} {problem["reason"]}".TrimEnd();
    }

    /// <summary>The state of one device.</summary>
    private sealed class Tokens
    {
        private readonly List<string> _refresh = [];

        public string? Access { get; private set; }

        public int Count => _refresh.Count;

        public string Of(int age) => _refresh[^(1 + age)];

        public void SignIn(JsonNode answer)
        {
            _refresh.Clear();
            Refreshed(answer);
        }

        public void Refreshed(JsonNode answer)
        {
            Access = answer.Text("accessToken");
            var refreshToken = answer.Text("refreshToken");
            if (!_refresh.Contains(refreshToken))
            {
                _refresh.Add(refreshToken);
            }
        }
    }
}
