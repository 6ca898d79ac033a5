using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Auth.Api.Authentication;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Auth.Benchmarks;

/// <summary>A request through the whole pipeline in memory, compared with an empty endpoint: no sockets, no HTTP.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("auth-bench-");
    private Factory _factory = null!;
    private WebApplication _emptyApplication = null!;
    private TestServer _service = null!;
    private TestServer _empty = null!;
    private string _authorization = null!;

    // In this process, these are not awaited.
    [GlobalSetup]
    public void SetUp() => SetUpAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void CleanUp() => CleanUpAsync().GetAwaiter().GetResult();

    private async Task SetUpAsync()
    {
        _factory = new(Path.Combine(_folder.FullName, "auth.db"));
        _service = _factory.Server;
        using var client = _factory.CreateClient();
        var answer = await client.PostAsJsonAsync(
            "/api/auth/register",
            new { email = "user@example.com", password = "seven green bottles on a wall" }
        );
        var signIn = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
        _authorization = $"Bearer {signIn!["accessToken"]}";

        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        _emptyApplication = builder.Build();
        _emptyApplication.MapGet("/", () => { });
        await _emptyApplication.StartAsync();
        _empty = _emptyApplication.GetTestServer();
    }

    private async Task CleanUpAsync()
    {
        await _factory.DisposeAsync();
        await _emptyApplication.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Benchmark(Baseline = true)]
    public Task<HttpContext> EmptyEndpoint() => GetAsync(_empty, "/");

    [Benchmark]
    public Task<HttpContext> LiveHealth() => GetAsync(_service, "/health/live");

    [Benchmark]
    public Task<HttpContext> AuthMe() => GetAsync(_service, "/api/auth/me");

    [Benchmark]
    public Task<HttpContext> UsersMe() => GetAsync(_service, "/api/users/me");

    private async Task<HttpContext> GetAsync(TestServer server, string path)
    {
        var context = await server.SendAsync(context =>
        {
            context.Request.Method = HttpMethods.Get;
            context.Request.Path = path;
            context.Request.Headers.Authorization = _authorization;
        });
        await context.Response.Body.CopyToAsync(Stream.Null);
        return context.Response.StatusCode == StatusCodes.Status200OK
            ? context
            : throw new InvalidOperationException($"{path} was answered with {context.Response.StatusCode}.");
    }

    private sealed class Factory(string file) : WebApplicationFactory<AuthenticationController>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseContentRoot(AppContext.BaseDirectory);
            builder.UseSetting("ConnectionStrings:Auth", $"Data Source={file}");
            builder.UseSetting("Security:MasterKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            builder.UseSetting("Jwt:Issuer", "https://auth.example.com");
            builder.UseSetting("Jwt:Audience", "https://api.example.com");
        }
    }
}
