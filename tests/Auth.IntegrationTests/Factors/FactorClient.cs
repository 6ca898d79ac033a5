using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Factors;

/// <summary>The requests that tests of factors have in common.</summary>
internal static class FactorClient
{
    /// <summary>Enrols an authenticator app, and confirms it with the current code.</summary>
    public static async Task<EnrolledApp> EnrolAppAsync(this HttpClient client, Account account, TimeProvider clock)
    {
        var enrolment = await client
            .PostAsync("/api/auth/factors/totp", new { }, account.AccessToken)
            .ShouldBeAsync(201);
        var app = new AuthenticatorApp(enrolment.Text("secret"));
        var confirmed = await client
            .PostAsync(
                $"/api/auth/factors/totp/{enrolment.Text("id")}/confirm",
                new { code = app.CodeAt(clock.GetUtcNow()) },
                account.AccessToken
            )
            .ShouldBeAsync(200);
        return new(
            app,
            enrolment.Text("id"),
            confirmed["recoveryCodes"] is JsonArray codes ? [.. codes.Select(code => code!.GetValue<string>())] : [],
            await account.RefreshAsync(client)
        );
    }

    /// <summary>Adds a passkey.</summary>
    public static async Task<(Authenticator Passkey, Account Account)> AddPasskeyAsync(
        this HttpClient client,
        Account account,
        Authenticator? passkey = null
    )
    {
        passkey ??= new();
        var request = await client
            .PostAsync("/api/auth/factors/passkeys/options", new { }, account.AccessToken)
            .ShouldBeAsync(200);
        await client
            .PostAsync(
                "/api/auth/factors/passkeys",
                new
                {
                    challengeToken = request.Text("challengeToken"),
                    credential = passkey.Create(request["options"]!),
                },
                account.AccessToken
            )
            .ShouldBeAsync(201);
        return (passkey, await account.RefreshAsync(client));
    }

    /// <summary>Sends the password, and returns the challenge for the second factor.</summary>
    public static async Task<string> BeginLoginAsync(this HttpClient client, Account account)
    {
        var problem = await client
            .PostAsync("/api/auth/login", new { email = account.Email, password = account.Password })
            .ShouldBeProblemAsync(401, "SECOND_FACTOR_REQUIRED");
        return problem.Text("challenge");
    }

    /// <summary>Checks that the password alone signs the user in.</summary>
    public static Task<Account> LoginSucceedsAsync(this HttpClient client, Account account) =>
        account.LoginAgainAsync(client);

    /// <summary>Completes a sign-in with a code.</summary>
    public static Task<HttpResponseMessage> CompleteLoginAsync(this HttpClient client, string challenge, string code) =>
        client.PostAsync(
            "/api/auth/login/second-factor",
            new
            {
                challenge,
                code,
                refreshTokenIn = "body",
            }
        );
}

/// <param name="App">The app.</param>
/// <param name="Id">The id of the factor.</param>
/// <param name="RecoveryCodes">The recovery codes; none unless it is the first factor.</param>
/// <param name="Account">The account after the refresh that the enrolment requires.</param>
internal sealed record EnrolledApp(
    AuthenticatorApp App,
    string Id,
    IReadOnlyList<string> RecoveryCodes,
    Account Account
);
