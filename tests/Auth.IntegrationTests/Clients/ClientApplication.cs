using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Auth.IntegrationTests.Clients;

/// <summary>
/// An application that uses the TypeScript client, on another origin of the same site: a page, the built client, and a proxy
/// to the service that loses requests, responses, and the second half of responses.
/// </summary>
internal sealed class ClientApplication : IAsyncDisposable
{
    private const string Page = """
        <!doctype html><title>An application</title>
        <script type="module">
          import { createAuthClient } from '/client/index.js';
          const baseUrl = new URLSearchParams(location.search).get('service');
          window.reasons = [];
          window.auth = createAuthClient({
            baseUrl,
            onSignedOut: reason => {
              window.signedOutAt = Date.now();
              reasons.push(reason);
            },
          });
        </script>
        """;

    private readonly WebApplication _app;
    private readonly string _client;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });
    private int _lost;

    private ClientApplication(WebApplication app, string client)
    {
        _app = app;
        _client = client;
    }

    public string Origin => _app.Urls.Single();

    /// <summary>The service behind the unreliable proxy.</summary>
    public Uri? Service { get; set; }

    /// <summary>The probability that a call is cut off, at each of three points: the request, the response, and its body.</summary>
    public int LossPercentage { get; set; }

    /// <summary>The number of calls that were cut off.</summary>
    public int Lost => _lost;

    public static async Task<ClientApplication> StartAsync(ClientPackage package)
    {
        var client = Path.Combine(await package.InstallAsync(), "dist");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var application = new ClientApplication(app, client);
        app.MapGet("/", () => Results.Content(Page, "text/html"));
        app.MapGet("/client/{file}", (string file) => Results.File(application.Find(file), "text/javascript"));
        app.Map("/api/{**path}", application.ForwardAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return application;
    }

    /// <summary>The address of the page, which calls the service at a given address.</summary>
    public string PageFor(string service) => $"{Origin}/?service={Uri.EscapeDataString(service)}";

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private string Find(string file) => Path.Combine(_client, Path.GetFileName(file));

    private async Task ForwardAsync(HttpContext context)
    {
        if (Loses())
        {
            context.Abort();
            return;
        }

        var request = context.Request;
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(Service!, request.Path));
        if (request.ContentType is not null)
        {
            message.Content = new StreamContent(request.Body);
        }

        foreach (var (name, values) in request.Headers)
        {
            if (name != "Host" && !message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        using var answer = await _http.SendAsync(message, context.RequestAborted);
        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (Loses())
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name != "Transfer-Encoding")
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (Loses())
        {
            // The browser gets the new cookie, but the page does not get the token.
            await context.Response.Body.WriteAsync(body.AsMemory(..(body.Length / 2)), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        if (answer.StatusCode != HttpStatusCode.NoContent)
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private bool Loses()
    {
        var loses = RandomNumberGenerator.GetInt32(100) < LossPercentage;
        if (loses)
        {
            Interlocked.Increment(ref _lost);
        }

        return loses;
    }
}
