using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>What tests of flows have in common.</summary>
internal static class FlowRequests
{
    public const string NewPassword = "seven-violet-kettles-march";

    /// <summary>Checks that a link or code is rejected, with the one answer there is.</summary>
    public static async Task ShouldBeDeadAsync(this Task<HttpResponseMessage> answering)
    {
        var problem = await answering.ShouldBeProblemAsync(400, "INVALID_OR_EXPIRED_TOKEN");
        problem.AsObject().Remove("traceId");
        problem.AsObject().Remove("instance");
        problem
            .ToJsonString()
            .ShouldBe(
                """{"type":"urn:auth:invalid-or-expired-token","title":"Invalid or expired token","status":400,"detail":"The link, code or challenge is invalid or has expired. Request a new one.","code":"INVALID_OR_EXPIRED_TOKEN"}"""
            );
    }

    /// <summary>Asks for a mail to replace the password, and returns the flow token.</summary>
    public static async Task<string> ForgetPasswordAsync(this HttpClient client, string email, string? cookie = null)
    {
        var started = await client
            .PostAsync("/api/auth/forgot-password", new { email }, cookie: cookie)
            .ShouldBeAsync(202);
        return started.ShouldHaveMembers("flowToken", "expiresAt").Text("flowToken");
    }

    public static Task<HttpResponseMessage> ResetByCodeAsync(
        this HttpClient client,
        string flowToken,
        string code,
        string newPassword = NewPassword
    ) =>
        client.PostAsync(
            "/api/auth/reset-password",
            new
            {
                flowToken,
                code,
                newPassword,
            }
        );

    public static Task<HttpResponseMessage> ResetByLinkAsync(
        this HttpClient client,
        string token,
        string newPassword = NewPassword
    ) => client.PostAsync("/api/auth/reset-password", new { token, newPassword });

    /// <summary>Asks for an account where the address has to be confirmed first, and returns the flow token.</summary>
    public static async Task<string> RequestAccountAsync(
        this HttpClient client,
        string email,
        string password = Account.DefaultPassword
    )
    {
        var started = await client
            .PostAsync(
                "/api/auth/register",
                new
                {
                    email,
                    password,
                    refreshTokenIn = "body",
                }
            )
            .ShouldBeAsync(202);
        return started.ShouldHaveMembers("flowToken", "expiresAt").Text("flowToken");
    }

    public static Task<HttpResponseMessage> VerifyAsync(this HttpClient client, object proofs, string? bearer = null)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(proofs)!.AsObject();
        body["refreshTokenIn"] = "body";
        return client.PostAsync("/api/auth/verify-email", Http.Json(body.ToJsonString()), bearer);
    }

    /// <summary>Asks for another address, and returns the flow token.</summary>
    public static async Task<string> ChangeEmailAsync(this HttpClient client, Account account, string newEmail)
    {
        var started = await client
            .PostAsync("/api/auth/change-email", new { newEmail, password = account.Password }, account.AccessToken)
            .ShouldBeAsync(202);
        return started.ShouldHaveMembers("flowToken", "expiresAt").Text("flowToken");
    }

    public static Task<JsonNode> ReadMeAsync(this HttpClient client, Account account) =>
        client.GetAsync("/api/users/me", account.AccessToken).ShouldBeAsync(200);

    /// <summary>Whether somebody can sign in.</summary>
    public static async Task<bool> CanSignInAsync(this HttpClient client, string email, string password)
    {
        using var response = await client.PostAsync("/api/auth/login", new { email, password });
        return response.IsSuccessStatusCode;
    }
}
