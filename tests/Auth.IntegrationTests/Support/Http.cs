using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Auth.IntegrationTests.Support;

/// <summary>Requests and responses as clients see them: literal routes and JSON names.</summary>
public static class Http
{
    public const string ProblemType = "application/problem+json";

    private static readonly string[] s_problemMembers =
    [
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "code",
        "traceId",
        "errors",
        "reason",
        "refresh",
        "maxAge",
        "acrValues",
        "challenge",
        "methods",
        "expiresAt",
    ];

    // Text that only a parser, a stack trace or a database would contain.
    private static readonly string[] s_internals =
    [
        "Exception",
        "System.",
        "Microsoft.",
        "Auth.Api",
        "Request.cs",
        "LineNumber",
        "BytePosition",
        "could not be converted",
        "is an invalid",
        "SQLite",
        "SELECT ",
        "INSERT ",
    ];

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

    /// <summary>A body sent exactly as written. An object, so that the methods here take it and not HttpClient's own.</summary>
    public static object Json(string text) => new StringContent(text, Encoding.UTF8, "application/json");

    /// <summary>A body of any bytes.</summary>
    public static object Bytes(ReadOnlySpan<byte> bytes, string? mediaType = "application/json")
    {
        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    /// <summary>Reads the JSON body of a response with the expected status.</summary>
    public static async Task<JsonNode> ShouldBeAsync(this Task<HttpResponseMessage> answering, int status)
    {
        using var response = await answering;
        return await response.ShouldBeAsync(status);
    }

    /// <summary>Reads the JSON body of a response with the expected status.</summary>
    public static async Task<JsonNode> ShouldBeAsync(this HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        if (status == 204)
        {
            text.ShouldBeEmpty();
        }

        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>Checks that a response is the complete problem of the contract, and returns it.</summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(
        this Task<HttpResponseMessage> answering,
        int status,
        string code
    )
    {
        using var response = await answering;
        return await response.ShouldBeProblemAsync(status, code);
    }

    /// <summary>Checks that a response is the complete problem of the contract, and returns it.</summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var problem = await response.ShouldBeSomeProblemAsync();
        problem.Text("code").ShouldBe(code, problem.ToString());
        ((int)response.StatusCode).ShouldBe(status, problem.ToString());
        return problem;
    }

    /// <summary>Checks that a response is any problem of the contract, and returns it.</summary>
    public static async Task<JsonNode> ShouldBeSomeProblemAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        (response.Content.Headers.ContentType?.MediaType).ShouldBe(ProblemType, text);
        var problem = ShouldBeProblemText(text, (int)response.StatusCode);
        Uri.UnescapeDataString(problem.Text("instance"))
            .ShouldBe(Uri.UnescapeDataString(response.RequestMessage!.RequestUri!.AbsolutePath));
        (response.Headers.CacheControl?.NoStore).ShouldBe(true);
        if (response.StatusCode is HttpStatusCode.MethodNotAllowed)
        {
            response.Content.Headers.Allow.ShouldNotBeEmpty();
        }

        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
        {
            response.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull();
        }

        return problem;
    }

    /// <summary>Checks that a body is any complete problem of the contract, without internal details.</summary>
    public static JsonNode ShouldBeProblemText(string text, int status)
    {
        status.ShouldBeInRange(400, 599, text);
        var problem = JsonNode.Parse(text)!;
        problem["status"]!.GetValue<int>().ShouldBe(status, text);
        problem.Text("type").ShouldBe("urn:auth:" + problem.Text("code").Replace('_', '-').ToLowerInvariant());
        problem.Text("title").ShouldNotBeNullOrWhiteSpace();
        problem.Text("detail").ShouldNotBeNullOrWhiteSpace();
        problem.Text("traceId").ShouldNotBeNullOrWhiteSpace();
        problem.AsObject().Select(member => member.Key).ShouldBeSubsetOf(s_problemMembers);
        (problem["errors"] is not null).ShouldBe(problem.Text("code") == "VALIDATION_FAILED", text);
        s_internals.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(text);
        return problem;
    }

    /// <summary>Checks that a response is VALIDATION_FAILED for exactly these fields, and returns their first messages.</summary>
    public static async Task<string[]> ShouldBeInvalidAsync(
        this Task<HttpResponseMessage> answering,
        params string[] fields
    )
    {
        var problem = await answering.ShouldBeProblemAsync(400, "VALIDATION_FAILED");
        var errors = problem["errors"]!.AsObject();
        errors.Select(error => error.Key).ShouldBe(fields, ignoreOrder: true);
        errors.ShouldAllBe(error => error.Value!.AsArray().Count > 0);
        return [.. errors.Select(error => error.Value![0]!.GetValue<string>())];
    }

    /// <summary>Checks that an object has exactly these properties.</summary>
    public static JsonNode ShouldHaveMembers(this JsonNode node, params string[] names)
    {
        node.AsObject().Select(member => member.Key).ShouldBe(names, ignoreOrder: true);
        return node;
    }

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    public static IEnumerable<string> Texts(this JsonNode node, string name) =>
        node[name]!.AsArray().Select(item => item!.GetValue<string>());

    /// <summary>The claims of an access token, without verifying it.</summary>
    public static JsonNode Claims(string accessToken) =>
        JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(accessToken.Split('.')[1]))!;

    /// <summary>The header of an access token.</summary>
    public static JsonNode Header(string accessToken) =>
        JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(accessToken.Split('.')[0]))!;
}
