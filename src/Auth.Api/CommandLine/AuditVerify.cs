using Auth.Application.Abstractions;

namespace Auth.Api.CommandLine;

/// <summary>Proves that the audit log is what was written, and prints a checkpoint for the next time.</summary>
internal static class AuditVerify
{
    private const string Label = "Checkpoint: ";
    private const string CheckpointOption = "--checkpoint";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } =
        new(
            "audit verify",
            "[--checkpoint TEXT|@FILE]   finds audit records that were changed, removed or inserted",
            (services, arguments, cancellationToken) =>
                RunAsync(services, arguments, Console.Out, Console.Error, cancellationToken)
        );

    /// <summary>Runs the verb.</summary>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        string? checkpoint;
        try
        {
            checkpoint = await ReadCheckpointAsync(arguments, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"The checkpoint cannot be read. {exception.Message}");
            return Verb.Misuse;
        }

        await using var scope = services.CreateAsyncScope();
        var verifier = scope.ServiceProvider.GetRequiredService<IAuditVerifier>();
        var verification = await verifier.VerifyAsync(checkpoint, cancellationToken);
        foreach (var fault in verification.Faults)
        {
            await error.WriteLineAsync(fault);
        }

        if (verification.Faults.Count > 0)
        {
            await error.WriteLineAsync("The audit log is not what was written.");
            return Verb.Failure;
        }

        await output.WriteLineAsync(
            $"{verification.Records} records in {verification.Chains} chains are what was written."
        );
        await output.WriteLineAsync(Label + verification.Checkpoint);
        return Verb.Success;
    }

    private static async Task<string?> ReadCheckpointAsync(
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var text =
                arguments[i] == CheckpointOption && i + 1 < arguments.Count ? arguments[i + 1]
                : arguments[i].StartsWith(CheckpointOption + "=", StringComparison.Ordinal)
                    ? arguments[i][(CheckpointOption.Length + 1)..]
                : null;
            if (text is not null)
            {
                // A file may hold all that was printed.
                return text.StartsWith('@')
                    ? (await File.ReadAllTextAsync(text[1..], cancellationToken)).Split(Label)[^1]
                    : text;
            }
        }

        return null;
    }
}
