using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Auth.IntegrationTests.Support;

/// <summary>Requests and answers as clients write and read them: literal routes and JSON names.</summary>
public static class Http
{
    /// <summary>Sends a request with an optional JSON body, bearer token, cookie and headers.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client,
        string method,
        string route,
        object? body = null,
        string? bearer = null,
        string? cookie = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        if (body is not null)
        {
            request.Content = body as HttpContent ?? JsonContent.Create(body, body.GetType());
        }

        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> GetAsync(this HttpClient client, string route, string? bearer) =>
        client.SendAsync("GET", route, bearer: bearer);

    public static Task<HttpResponseMessage> PostAsync(
        this HttpClient client,
        string route,
        object? body,
        string? bearer = null,
        string? cookie = null
    ) => client.SendAsync("POST", route, body, bearer, cookie);

    /// <summary>A body sent exactly as written.</summary>
    public static StringContent Json(string text, string mediaType = "application/json") =>
        new(text, Encoding.UTF8, mediaType);

    /// <summary>Reads the JSON body of an answer that has the expected status.</summary>
    public static async Task<JsonNode> ShouldBeAsync(this Task<HttpResponseMessage> answering, int status)
    {
        using var response = await answering;
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>Checks that an answer is the problem of the contract, whole, and returns it.</summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(
        this Task<HttpResponseMessage> answering,
        int status,
        string code
    )
    {
        using var response = await answering;
        return await response.ShouldBeProblemAsync(status, code);
    }

    /// <summary>Checks that an answer is the problem of the contract, whole, and returns it.</summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonNode.Parse(text)!;
        problem["code"]!.GetValue<string>().ShouldBe(code, text);
        problem["status"]!.GetValue<int>().ShouldBe(status);
        problem["type"]!.GetValue<string>().ShouldBe("urn:auth:" + code.Replace('_', '-').ToLowerInvariant());
        problem["title"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        problem["detail"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        problem["traceId"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        problem["instance"]!.GetValue<string>().ShouldBe(response.RequestMessage!.RequestUri!.AbsolutePath);
        (problem["errors"] is not null).ShouldBe(code == "VALIDATION_FAILED", text);
        response.Headers.CacheControl?.NoStore.ShouldBeTrue();
        return problem;
    }

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    public static IEnumerable<string> Texts(this JsonNode node, string name) =>
        node[name]!.AsArray().Select(item => item!.GetValue<string>());

    /// <summary>The claims of an access token, read without checking anything.</summary>
    public static JsonNode Claims(string accessToken) =>
        JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(accessToken.Split('.')[1]))!;

    /// <summary>The header of an access token.</summary>
    public static JsonNode Header(string accessToken) =>
        JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(accessToken.Split('.')[0]))!;
}
