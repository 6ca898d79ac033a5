using System.CommandLine;
using Auth.Api.Configuration;
using Auth.Domain.Users;
using Auth.Infrastructure;
using Auth.Infrastructure.Persistence.Diagnostics;

namespace Auth.Api.CommandLine;

/// <summary>Reports problems with settings, database, keys and mail, and how to fix them; changes nothing.</summary>
internal static class Doctor
{
    private const string Settings = "Settings";

    public static Command Create(CommandHost host)
    {
        var mail = new Option<string?>("--mail")
        {
            Description = "Send a test mail to this address.",
            HelpName = "ADDRESS",
        };
        var command = new Command("doctor", "Check settings, database, keys and mail, and show how to fix problems.")
        {
            mail,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(mail) is { } address && !EmailAddress.TryParse(address, out _))
            {
                result.AddError($"'{address}' is not an e-mail address.");
            }
        });
        command.SetAction((result, cancellationToken) => RunAsync(host, result.GetValue(mail), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandHost host, string? receiver, CancellationToken cancellationToken)
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
                        .. await services.DiagnoseMailAsync(receiver, cancellationToken),
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
