using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

/// <summary>Requests of these tests about keys.</summary>
internal static class KeyRequests
{
    public static Task<HttpResponseMessage> RotateAsync(
        this HttpClient client,
        string bearer,
        bool emergency = false
    ) => client.PostAsync("/api/keys/rotate", emergency ? new { emergency } : null, bearer);

    public static async Task<IReadOnlyList<JsonNode>> ListKeysAsync(this HttpClient client, string bearer) =>
        [.. (await client.GetAsync("/api/keys", bearer).ShouldBeAsync(200)).AsArray().Select(key => key!)];

    /// <summary>The ids of the published keys.</summary>
    public static async Task<IReadOnlyList<string>> PublishedAsync(this HttpClient client)
    {
        var set = await client.SendAsync("GET", "/.well-known/jwks.json").ShouldBeAsync(200);
        return [.. set["keys"]!.AsArray().Select(key => key!.Text("kid"))];
    }

    /// <summary>The id of the key that signed a token.</summary>
    public static string KeyOf(string accessToken) => Http.Header(accessToken).Text("kid");

    public static Task<HttpResponseMessage> MeAsync(this HttpClient client, string bearer) =>
        client.GetAsync("/api/auth/me", bearer);

    public static async Task<bool> AcceptsAsync(this HttpClient client, string bearer)
    {
        using var response = await client.MeAsync(bearer);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Waits until a token is no longer accepted, and checks the error.</summary>
    public static async Task ShouldBecomeInvalidAsync(this HttpClient client, string bearer)
    {
        await Proof.EventuallyAsync(async () => !await client.AcceptsAsync(bearer), "the rejection of the token");
        await client.MeAsync(bearer).ShouldBeProblemAsync(401, "INVALID_TOKEN");
    }
}
