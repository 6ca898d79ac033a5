using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Auth.Flood;

/// <summary>The published service in a separate process, on a new SQLite file, and an administrator.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    public const string AdminEmail = "root@example.com";
    public const string Password = "granite-otter-lullaby-19";

    private const string Listening = "Now listening on: ";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("auth-bench-");
    private readonly (string Key, string Value)[] _settings;
    private readonly string _assembly;
    private Process? _process;

    private RunningService(string assembly, (string Key, string Value)[] settings)
    {
        _assembly = Path.GetFullPath(assembly);
        _settings =
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("ConnectionStrings__Auth", $"Data Source={Path.Combine(_directory.FullName, "auth.db")}"),
            ("Security__MasterKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ("Jwt__Issuer", "https://auth.example.com"),
            ("Jwt__Audience", "example"),
            ("Bootstrap__AdminEmail", AdminEmail),
            ("Bootstrap__AdminPassword", Password),
            // All requests come from one address.
            ("RateLimiting__Enabled", "false"),
            .. settings,
        ];
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 10_000 })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public HttpClient Client { get; }

    /// <summary>The processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts another instance on the same database.</summary>
    public static Task<RunningService> StartBesideAsync(RunningService other) =>
        StartAsync(other._assembly, other._settings);

    /// <summary>Starts the service and waits until it listens.</summary>
    public static async Task<RunningService> StartAsync(string assembly, params (string Key, string Value)[] settings)
    {
        var service = new RunningService(assembly, settings);
        service._process = service.Run();
        var output = service._process.StandardOutput;
        while (await output.ReadLineAsync() is { } line)
        {
            if (
                JsonNode.Parse(line)?["Message"]?.GetValue<string>() is { } message
                && message.StartsWith(Listening, StringComparison.Ordinal)
            )
            {
                service.Client.BaseAddress = new Uri(message[Listening.Length..]);
                _ = output.ReadToEndAsync();
                return service;
            }
        }

        throw new InvalidOperationException("The service did not start.");
    }

    /// <summary>Runs one of the service's commands on its database.</summary>
    public async Task CommandAsync(params string[] arguments)
    {
        using var process = Run(arguments);
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}.");
        }
    }

    /// <summary>A file for a command.</summary>
    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Resident memory in MiB: current and peak.</summary>
    public (int Now, int Peak) ReadMemory()
    {
        var lines = File.ReadAllLines($"/proc/{_process!.Id}/status");
        return (Read("VmRSS:"), Read("VmHWM:"));

        int Read(string name) =>
            int.Parse(
                lines
                    .Single(line => line.StartsWith(name, StringComparison.Ordinal))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
                CultureInfo.InvariantCulture
            ) / 1024;
    }

    /// <summary>Sends a request with a JSON body and a token, if there are any.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string? token = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType());
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Client.SendAsync(request);
    }

    /// <summary>Registers a user and returns the response.</summary>
    public Task<JsonNode> RegisterAsync(string email) => SignInAsync("/api/auth/register", email);

    /// <summary>Signs a user in and returns the response.</summary>
    public Task<JsonNode> LoginAsync(string email) => SignInAsync("/api/auth/login", email);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task<JsonNode> SignInAsync(string path, string email)
    {
        using var response = await SendAsync(
            HttpMethod.Post,
            path,
            new
            {
                email,
                password = Password,
                refreshTokenIn = "body",
            }
        );
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private Process Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [_assembly, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(_assembly),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in _settings)
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }
}
