using System.CommandLine;
using System.CommandLine.Parsing;
using Auth.Api.Configuration;
using Auth.Api.Hosting;

namespace Auth.Api.CommandLine;

/// <summary>The commands of the program: <c>dotnet Auth.Api.dll COMMAND …</c></summary>
internal static class Commands
{
    // @FILE is an ordinary value, never a response file.
    private static readonly ParserConfiguration s_parsing = new() { ResponseFileTokenReplacer = null };

    // Like other .NET programs: an unexpected exception shows its stack trace, and a signal ends the process.
    private static readonly InvocationConfiguration s_invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The command with its arguments and options.</param>
    /// <param name="settings">Settings of the service from the command line.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(string[] arguments, string[] settings)
    {
        var result = Parse(arguments, settings);
        if (FindUsageError(result) is { } error)
        {
            await Console.Error.WriteLineAsync(error);
            return ExitCodes.UsageError;
        }

        try
        {
            return await result.InvokeAsync(s_invocation);
        }
        catch (SettingsException exception)
        {
            return await new StartFailure(exception.Problems).ReportAsync();
        }
    }

    public static ParseResult Parse(string[] arguments, string[] settings)
    {
        var host = new CommandHost(settings);
        var root = new RootCommand(
            "Run the authentication service, or one of the commands below. Both accept settings as"
                + " --Section:Key=value; the README lists them all."
        )
        {
            Doctor.Create(host),
            Migration.Create(host),
            AdministratorCreation.Create(host),
            ImportUsers.Create(host),
            new Command("audit", "Work with the audit log.") { AuditVerify.Create(host) },
            HealthCheck.Create(),
        };
        root.HelpName = "dotnet Auth.Api.dll";
        return root.Parse(arguments is ["help", .. var rest] ? ["--help", .. rest] : arguments, s_parsing);
    }

    /// <summary>Describes the first error of a command line.</summary>
    /// <returns>One line; null if the command can run.</returns>
    public static string? FindUsageError(ParseResult result)
    {
        if (result.Action is { ClearsParseErrors: true })
        {
            return null; // --help and --version
        }

        // A misspelled option would otherwise become an argument.
        var stray =
            result.Tokens.FirstOrDefault(token => token.Type == TokenType.Argument && IsOption(token.Value))?.Value
            ?? (result.UnmatchedTokens is [var unmatched, ..] ? unmatched : null);
        var command = result.CommandResult.Command;
        var name = command is RootCommand ? "" : $"{PathOf(result.CommandResult)} ";
        return stray is not null ? $"{Describe(stray, command)} See {name}--help."
            : result.Errors is [var error, ..] ? $"{error.Message} See {name}--help."
            : null;
    }

    private static string Describe(string stray, Command command)
    {
        var name = stray.Split('=')[0]; // its value may be a secret
        return SettingArguments.IsSetting(name) ? $"The setting '{name}' needs a value."
            : command.Options.Any(option => option.Name == name) ? $"A value is missing before '{name}'."
            : IsOption(name) ? $"Unknown option '{name}'.{Suggest(name, command.Options)}"
            : command.Subcommands.Count > 0 ? $"Unknown command '{stray}'.{Suggest(stray, command.Subcommands)}"
            : $"Unexpected argument '{stray}'.";
    }

    private static string Suggest(string name, IEnumerable<Symbol> known) =>
        known.MinBy(symbol => Spelling.Distance(name, symbol.Name)) is { } nearest
        && Spelling.Distance(name, nearest.Name) <= Math.Max(1, nearest.Name.Length / 3)
            ? $" Did you mean '{nearest.Name}'?"
            : "";

    private static bool IsOption(string argument) =>
        argument.StartsWith(SettingArguments.Prefix, StringComparison.Ordinal);

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent
            ? $"{PathOf(parent)} {result.Command.Name}"
            : result.Command.Name;
}
