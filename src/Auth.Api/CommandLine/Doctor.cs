using System.CommandLine;
using Auth.Api.Configuration;
using Auth.Infrastructure;
using Auth.Infrastructure.Persistence.Diagnostics;

namespace Auth.Api.CommandLine;

/// <summary>Reports problems with settings, database and keys, and how to fix them; changes nothing.</summary>
internal static class Doctor
{
    private const string Settings = "Settings";

    public static Command Create(CommandHost host)
    {
        var command = new Command("doctor", "Check settings, database and keys, and show how to fix problems.");
        command.SetAction((_, cancellationToken) => RunAsync(host, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandHost host, CancellationToken cancellationToken)
    {
        try
        {
            return await host.RunAsync(
                async (services, settings) =>
                {
                    var warnings = settings.Warnings.Select(warning => new DiagnosticResult(
                        DiagnosticLevel.Warning,
                        Settings,
                        warning,
                        Remedy: null
                    ));
                    return await ReportAsync([
                        .. warnings.DefaultIfEmpty(DiagnosticResult.Ok(Settings, "valid, no warnings")),
                        .. await services.DiagnoseAsync(cancellationToken),
                    ]);
                }
            );
        }
        catch (SettingsException failure)
        {
            return await ReportAsync([
                .. failure.Problems.Select(problem => new DiagnosticResult(
                    DiagnosticLevel.Problem,
                    Settings,
                    problem,
                    Remedy: null
                )),
                DiagnosticResult.Warning("Database", "not checked.", "Correct the settings first."),
            ]);
        }
    }

    private static async Task<int> ReportAsync(IReadOnlyList<DiagnosticResult> findings)
    {
        foreach (var finding in findings)
        {
            await Console.Out.WriteLineAsync(
                $"{finding.Level.ToString().ToLowerInvariant(), -9}{finding.Subject}: {finding.Text}"
            );
            if (finding.Remedy is not null)
            {
                await Console.Out.WriteLineAsync($"         Fix: {finding.Remedy}");
            }
        }

        var problems = findings.Count(finding => finding.Level == DiagnosticLevel.Problem);
        var warnings = findings.Count(finding => finding.Level == DiagnosticLevel.Warning);
        await Console.Out.WriteLineAsync();
        await Console.Out.WriteLineAsync(FormattableString.Invariant($"problems: {problems}, warnings: {warnings}"));
        return problems == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
