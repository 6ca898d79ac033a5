using Auth.Application.Abstractions;

namespace Auth.Api.CommandLine;

/// <summary>Proves that the audit log is what was written, and prints a checkpoint for the next time.</summary>
internal static class AuditVerify
{
    private const string Label = "Checkpoint: ";
    private const string CheckpointOption = "--checkpoint";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } =
        new("audit verify", "finds audit records that were changed, removed or inserted", RunAsync)
        {
            Options = [new(CheckpointOption, "TEXT|@FILE")],
        };

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        string? checkpoint;
        try
        {
            checkpoint = call.Options.TryGetValue(CheckpointOption, out var text)
                ? await ReadCheckpointAsync(text, cancellationToken)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The checkpoint cannot be read. {exception.Message}");
            return Verb.Misuse;
        }

        await using var scope = call.Services.CreateAsyncScope();
        var verifier = scope.ServiceProvider.GetRequiredService<IAuditVerifier>();
        var verification = await verifier.VerifyAsync(checkpoint, cancellationToken);
        foreach (var fault in verification.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (verification.Faults.Count > 0)
        {
            await Console.Error.WriteLineAsync("The audit log is not what was written.");
            return Verb.Failure;
        }

        await Console.Out.WriteLineAsync(
            $"{verification.Records} records in {verification.Chains} chains are what was written."
        );
        await Console.Out.WriteLineAsync(Label + verification.Checkpoint);
        return Verb.Success;
    }

    // A file may hold all that was printed.
    private static async Task<string> ReadCheckpointAsync(string text, CancellationToken cancellationToken) =>
        text.StartsWith('@') ? (await File.ReadAllTextAsync(text[1..], cancellationToken)).Split(Label)[^1] : text;
}
