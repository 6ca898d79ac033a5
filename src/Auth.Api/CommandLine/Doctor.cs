using Auth.Api.Hosting;
using Auth.Infrastructure;
using Auth.Infrastructure.Diagnosis;

namespace Auth.Api.CommandLine;

/// <summary>Says what is wrong with settings, database and keys, and how to mend it; changes nothing.</summary>
internal static class Doctor
{
    private const string Settings = "Settings";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } =
        new(
            "doctor",
            "checks settings, database and keys, and says how to mend what is wrong",
            async (call, cancellationToken) =>
            {
                var warnings = call.Settings.Warnings.Select(warning => new Finding(
                    FindingLevel.Warning,
                    Settings,
                    warning,
                    Remedy: null
                ));
                return await ReportAsync([
                    .. warnings.DefaultIfEmpty(Finding.Ok(Settings, "nothing is dangerous")),
                    .. await call.Services.DiagnoseAsync(cancellationToken),
                ]);
            }
        );

    /// <summary>Reports settings that nothing else can be checked with.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> ReportAsync(SettingsException failure) =>
        await ReportAsync([
            .. failure.Problems.Select(problem => new Finding(FindingLevel.Problem, Settings, problem, Remedy: null)),
            Finding.Warning("Database", "not checked.", "Mend the settings first."),
        ]);

    private static async Task<int> ReportAsync(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            await Console.Out.WriteLineAsync(
                $"{finding.Level.ToString().ToLowerInvariant(), -9}{finding.Subject}: {finding.Text}"
            );
            if (finding.Remedy is not null)
            {
                await Console.Out.WriteLineAsync($"         Mend it: {finding.Remedy}");
            }
        }

        var problems = findings.Count(finding => finding.Level == FindingLevel.Problem);
        var warnings = findings.Count(finding => finding.Level == FindingLevel.Warning);
        await Console.Out.WriteLineAsync();
        await Console.Out.WriteLineAsync(FormattableString.Invariant($"problems: {problems}, warnings: {warnings}"));
        return problems == 0 ? Verb.Success : Verb.Failure;
    }
}
