using System.Text.Json.Nodes;

namespace Auth.IntegrationTests.Support;

/// <summary>A user of the service: an account and the tokens of one session.</summary>
public sealed record Account(string Email, string Password, JsonNode SignIn)
{
    public const string DefaultPassword = "correct-horse-battery-staple";

    public Guid Id => Guid.Parse(SignIn["user"]!.Text("id"));

    public string AccessToken => SignIn.Text("accessToken");

    public string RefreshToken => SignIn.Text("refreshToken");

    public string SessionId => SignIn.Text("sessionId");

    /// <summary>A unique address.</summary>
    public static string NewEmail() => $"user-{Guid.CreateVersion7():n}@example.com";

    public static async Task<Account> RegisterAsync(HttpClient client, string? email = null, string? password = null)
    {
        email ??= NewEmail();
        password ??= DefaultPassword;
        var signIn = await client
            .PostAsync(
                "/api/auth/register",
                new
                {
                    email,
                    password,
                    refreshTokenIn = "body",
                }
            )
            .ShouldBeAsync(201);
        return new(email, password, signIn);
    }

    public static async Task<Account> LoginAsync(HttpClient client, string email, string password)
    {
        var signIn = await client
            .PostAsync(
                "/api/auth/login",
                new
                {
                    email,
                    password,
                    refreshTokenIn = "body",
                }
            )
            .ShouldBeAsync(200);
        return new(email, password, signIn);
    }

    public static Task<Account> LoginAsAdminAsync(HttpClient client) =>
        LoginAsync(client, TestService.AdminEmail, TestService.AdminPassword);

    /// <summary>The same user on another device.</summary>
    public Task<Account> LoginAgainAsync(HttpClient client) => LoginAsync(client, Email, Password);

    /// <summary>The same session after a refresh.</summary>
    public async Task<Account> RefreshAsync(HttpClient client) =>
        this with
        {
            SignIn = await client
                .PostAsync("/api/auth/refresh", new { refreshToken = RefreshToken })
                .ShouldBeAsync(200),
        };

    /// <summary>Checks that the refresh token is rejected with the reason of its session's end.</summary>
    public async Task ShouldHaveEndedAsync(HttpClient client, string reason)
    {
        var problem = await client
            .PostAsync("/api/auth/refresh", new { refreshToken = RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        problem.Text("reason").ShouldBe(reason);
    }
}
