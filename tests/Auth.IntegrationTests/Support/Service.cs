using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Auth.IntegrationTests.Support;

/// <summary>A service account with one secret.</summary>
public sealed record Service(string Id, string SecretId, string Secret)
{
    /// <summary>Creates an account with roles, and a secret.</summary>
    public static async Task<Service> CreateAsync(HttpClient client, Account admin, params string[] roles)
    {
        var account = await client
            .PostAsync("/api/service-accounts", new { name = NewName(), roles }, admin.AccessToken)
            .ShouldBeAsync(201);
        return await new Service(account.Text("id"), "", "").AddSecretAsync(client, admin);
    }

    /// <summary>Creates an account whose only role has exactly these permissions.</summary>
    public static async Task<Service> CreateWithAsync(HttpClient client, Account admin, params string[] permissions) =>
        await CreateAsync(client, admin, await client.CreateRoleAsync(admin, permissions));

    /// <summary>A unique name.</summary>
    public static string NewName() => $"service {Guid.CreateVersion7():n}";

    /// <summary>The same account with another secret.</summary>
    public async Task<Service> AddSecretAsync(HttpClient client, Account admin)
    {
        var added = await client
            .PostAsync($"/api/service-accounts/{Id}/secrets", new { }, admin.AccessToken)
            .ShouldBeAsync(201);
        return this with { SecretId = added.Text("id"), Secret = added.Text("secret") };
    }

    /// <summary>Deletes the secret.</summary>
    public Task<JsonNode> RemoveSecretAsync(HttpClient client, Account admin) =>
        client
            .SendAsync("DELETE", $"/api/service-accounts/{Id}/secrets/{SecretId}", bearer: admin.AccessToken)
            .ShouldBeAsync(204);

    /// <summary>Gets an access token.</summary>
    public async Task<string> GetTokenAsync(HttpClient client, string? scope = null) =>
        (await AskForTokenAsync(client, scope).ShouldBeAsync(200)).Text("access_token");

    /// <summary>Asks for an access token.</summary>
    public Task<HttpResponseMessage> AskForTokenAsync(HttpClient client, string? scope = null) =>
        PostAsync(
            client,
            "/oauth/token",
            [("grant_type", "client_credentials"), .. scope is null ? [] : new[] { ("scope", scope) }]
        );

    /// <summary>Asks about a token.</summary>
    public Task<JsonNode> IntrospectAsync(HttpClient client, string token) =>
        PostAsync(client, "/oauth/introspect", ("token", token)).ShouldBeAsync(200);

    /// <summary>Sends a form with the secret in the header.</summary>
    public Task<HttpResponseMessage> PostAsync(
        HttpClient client,
        string route,
        params (string Name, string Value)[] form
    ) => PostFormAsync(client, route, Basic(Id, Secret), form);

    /// <summary>Sends a form.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(
        HttpClient client,
        string route,
        AuthenticationHeaderValue? authorization,
        params (string Name, string Value)[] form
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route)
        {
            Content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
        };
        request.Headers.Authorization = authorization;
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The header for an id and a secret (RFC 6749 §2.3.1).</summary>
    public static AuthenticationHeaderValue Basic(string id, string secret) =>
        new(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}"))
        );
}
