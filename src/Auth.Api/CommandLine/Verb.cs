using Auth.Api.Hosting;

namespace Auth.Api.CommandLine;

/// <summary>Something that the program does instead of serving, and then ends: <c>dotnet Auth.Api.dll NAME …</c></summary>
/// <param name="Name">What stands first on the command line; one word or several.</param>
/// <param name="Summary">What it does.</param>
/// <param name="RunAsync">Does it; answers the exit code.</param>
internal sealed record Verb(string Name, string Summary, Func<VerbCall, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Something is wrong, and was said.</summary>
    public const int Failure = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Misuse = 2;

    /// <summary>All verbs.</summary>
    public static IReadOnlyList<Verb> All { get; } =
    [Doctor.Verb, Migration.Verb, AdministratorCreation.Verb, UserImporter.Verb, AuditVerify.Verb, HealthCheck.Verb];

    /// <summary>What it works on, as it is called in the help; null if it works on nothing in particular.</summary>
    public string? Operand { get; init; }

    /// <summary>What may be said about how it is to be done.</summary>
    public IReadOnlyList<VerbOption> Options { get; init; } = [];

    /// <summary>What it does with the file of an SQLite database.</summary>
    public SqliteFileUse File { get; init; } = SqliteFileUse.Open;

    /// <summary>Name, operand and options, as they are typed.</summary>
    public string Usage => string.Join(' ', [Name, .. Operand is null ? [] : new[] { Operand }, .. Options]);

    /// <summary>Does it; what keeps it from being done is a sentence and not a stack trace.</summary>
    public async Task<int> ExecuteAsync(VerbCall call)
    {
        try
        {
            return await RunAsync(call, CancellationToken.None);
        }
        catch (Exception exception) when (StartFailure.Find(exception, call.Settings.Database) is { } failure)
        {
            return await failure.ReportAsync();
        }
    }
}

/// <summary>Something that may be said about how a verb is to be done.</summary>
/// <param name="Name">The name, with its dashes.</param>
/// <param name="Value">What follows it, as it is called in the help; null if nothing does.</param>
internal sealed record VerbOption(string Name, string? Value = null)
{
    /// <summary>Whether the verb cannot do without it.</summary>
    public bool IsRequired { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = Value is null ? Name : $"{Name} {Value}";
        return IsRequired ? text : $"[{text}]";
    }
}

/// <summary>A verb as it was called.</summary>
/// <param name="Services">The services of the configured application.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Operand">What the verb works on; null if it works on nothing in particular.</param>
/// <param name="Options">The options by name; empty text for those without a value.</param>
internal sealed record VerbCall(
    IServiceProvider Services,
    AuthSettings Settings,
    string? Operand,
    IReadOnlyDictionary<string, string> Options
);
