using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Auth.IntegrationTests.Support;

/// <summary>The service as operators start it: a separate process in an empty directory.</summary>
public sealed partial class ServiceProcess : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("auth-process-");
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly List<string> _start = [];
    private readonly ConcurrentQueue<string> _log = new();
    private Task _reading = Task.CompletedTask;

    public ServiceProcess(params (string Key, string Value)[] settings)
        : this([], settings) { }

    /// <summary>Starts a program in its own folder, which contains its default database.</summary>
    public ServiceProcess(ProgramCopy program, params (string Key, string Value)[] settings)
        : this([], settings, program) { }

    private ServiceProcess(
        string[] arguments,
        (string Key, string Value)[] settings,
        ProgramCopy? program = null,
        string? currentFolder = null
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", Path.Combine(program?.Folder ?? AppContext.BaseDirectory, "Auth.Api.dll") },
            WorkingDirectory = currentFolder ?? _directory.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            },
        };
        if (program is null)
        {
            // Not in the folder of the tests, where all of them would share a database.
            start.Environment["ASPNETCORE_CONTENTROOT"] = _directory.FullName;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The working directory of the process; by default also that of its data.</summary>
    public string Folder => _directory.FullName;

    /// <summary>The files that the service has created.</summary>
    public IEnumerable<string> Files =>
        _directory.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.Name);

    /// <summary>The open files of the process, as reported by Linux.</summary>
    public IReadOnlyList<string> OpenFiles =>
        [
            .. new DirectoryInfo(FormattableString.Invariant($"/proc/{_process.Id}/fd"))
                .EnumerateFileSystemInfos()
                .Select(file => file.LinkTarget ?? ""),
        ];

    /// <summary>Runs a command until it exits.</summary>
    public static async Task<(int ExitCode, string Output, string[] Errors)> RunAsync(
        string[] arguments,
        (string Key, string Value)[] settings,
        string input = "",
        ProgramCopy? program = null,
        string? currentFolder = null
    )
    {
        using var process = new ServiceProcess(arguments, settings, program, currentFolder);
        await process._process.StandardInput.WriteAsync(input);
        process._process.StandardInput.Close();
        return await process.WaitAsync();
    }

    /// <summary>The output of the service until it listened.</summary>
    public IReadOnlyCollection<string> Start => _start;

    /// <summary>The output of the service since it listens.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Waits until the process exits.</summary>
    public async Task<(int ExitCode, string Output, string[] Errors)> WaitAsync()
    {
        await _reading;
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, output, (await _errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Waits until the service listens.</summary>
    public async Task<HttpClient> ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _start.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                _reading = Task.Run(ReadLogAsync, CancellationToken.None);
                return new HttpClient(new SocketsHttpHandler { UseCookies = false })
                {
                    BaseAddress = new Uri(match.Groups["address"].Value),
                };
            }
        }

        throw new InvalidOperationException("The service does not listen: " + await _errors);
    }

    /// <summary>Signals the process to stop, as platforms do (SIGTERM).</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Its output since it listens, once a line contains the text.</summary>
    public async Task<IReadOnlyList<string>> ReadUntilAsync(string text)
    {
        await Proof.EventuallyAsync(
            () => Task.FromResult(_log.Any(line => line.Contains(text, StringComparison.Ordinal))),
            $"a line with {text}"
        );
        return [.. _log];
    }

    /// <summary>Kills the process like <c>kill -9</c>.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _reading.Wait(TimeSpan.FromSeconds(10));
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    // To the end, so that the service never blocks on its output.
    private async Task ReadLogAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            _log.Enqueue(line);
        }
    }

    [GeneratedRegex(@"listening on: (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
