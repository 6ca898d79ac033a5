using System.Diagnostics;

namespace Auth.IntegrationTests.Support;

/// <summary>Other programs of the machine, for tests that need one.</summary>
public static class Programs
{
    /// <summary>Where a program is; null if it is not installed.</summary>
    public static string? Find(params string[] names) =>
        (
            from directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            from name in names
            let path = Path.Combine(directory, name)
            where File.Exists(path)
            select path
        ).FirstOrDefault();

    /// <summary>Runs a program to its end and returns what it wrote to its output.</summary>
    public static async Task<string> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? input = null,
        string? directory = null
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = directory ?? "",
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output + await errors);
        return output;
    }
}
