using System.Data.Common;
using System.Net.Sockets;

namespace Auth.Api.CommandLine;

/// <summary>Something that the program does instead of serving, and then ends: <c>dotnet Auth.Api.dll NAME …</c></summary>
/// <param name="Name">What stands first on the command line; one word or several.</param>
/// <param name="Usage">What may follow, and what it does.</param>
/// <param name="RunAsync">Does it, with the services of the configured application and what follows; answers the exit code.</param>
internal sealed record Verb(
    string Name,
    string Usage,
    Func<IServiceProvider, IReadOnlyList<string>, CancellationToken, Task<int>> RunAsync
)
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Something is wrong, and was said.</summary>
    public const int Failure = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Misuse = 2;

    /// <summary>All verbs.</summary>
    public static IReadOnlyList<Verb> All { get; } = [AuditVerify.Verb, UserImporter.Verb];

    /// <summary>Finds the verb that a command line begins with.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="verb">The verb; null if the program is to serve.</param>
    /// <param name="rest">What follows the verb.</param>
    /// <returns>Whether the command line can be understood: it begins with a verb or with none.</returns>
    public static bool TryFind(IReadOnlyList<string> args, out Verb? verb, out IReadOnlyList<string> rest)
    {
        verb = All.FirstOrDefault(candidate => IsStartOf(candidate.Name.Split(' '), args));
        rest = verb is null ? args : [.. args.Skip(verb.Name.Split(' ').Length)];
        return verb is not null || args.Count == 0 || !IsWord(args[0]);
    }

    /// <summary>What of the arguments of a verb is for the settings: all that follows what it works on.</summary>
    public static string[] SettingsOf(IReadOnlyList<string> arguments) =>
        [.. arguments.SkipWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal))];

    /// <summary>Does it; a database that cannot be used is a sentence and not a stack trace.</summary>
    public async Task<int> ExecuteAsync(IServiceProvider services, IReadOnlyList<string> arguments)
    {
        try
        {
            return await RunAsync(services, arguments, CancellationToken.None);
        }
        catch (Exception exception) when (exception.GetBaseException() is DbException or SocketException)
        {
            await Console.Error.WriteLineAsync($"The database cannot be used. {exception.GetBaseException().Message}");
            return Failure;
        }
    }

    /// <summary>Prints what can be done.</summary>
    public static async Task<int> ExplainAsync(TextWriter output)
    {
        await output.WriteLineAsync("Without a verb, the service is started. Verbs:");
        foreach (var verb in All)
        {
            await output.WriteLineAsync($"  {verb.Name} {verb.Usage}");
        }

        return Misuse;
    }

    private static bool IsStartOf(string[] words, IReadOnlyList<string> args) =>
        words.Length <= args.Count && words.Zip(args).All(pair => pair.First == pair.Second);

    // Settings may stand on the command line as well: --key=value, /key value, key=value.
    private static bool IsWord(string argument) =>
        argument.Length > 0 && argument[0] is not ('-' or '/') && !argument.Contains('=', StringComparison.Ordinal);
}
