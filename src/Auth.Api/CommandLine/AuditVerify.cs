using System.CommandLine;
using Auth.Application.Abstractions;

namespace Auth.Api.CommandLine;

/// <summary>Verifies that the audit log is unchanged, and prints a checkpoint for the next time.</summary>
internal static class AuditVerify
{
    private const string Label = "Checkpoint: ";

    public static Command Create(CommandHost host)
    {
        var checkpoint = new Option<string>("--checkpoint")
        {
            HelpName = "TEXT|@FILE",
            Description =
                "A checkpoint printed by an earlier run, to also detect records removed from the end since then.",
        };
        var command = new Command("verify", "Detect audit records that were changed, removed or inserted.")
        {
            checkpoint,
        };
        command.SetAction(
            (result, cancellationToken) =>
                host.RunAsync((services, _) => VerifyAsync(services, result.GetValue(checkpoint), cancellationToken))
        );
        return command;
    }

    private static async Task<int> VerifyAsync(
        IServiceProvider services,
        string? checkpoint,
        CancellationToken cancellationToken
    )
    {
        try
        {
            checkpoint = checkpoint is ['@', .. var file] ? await ReadAsync(file, cancellationToken) : checkpoint;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The checkpoint cannot be read. {exception.Message}");
            return ExitCodes.UsageError;
        }

        await using var scope = services.CreateAsyncScope();
        var verifier = scope.ServiceProvider.GetRequiredService<IAuditVerifier>();
        var verification = await verifier.VerifyAsync(checkpoint, cancellationToken);
        foreach (var fault in verification.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (verification.Faults.Count > 0)
        {
            await Console.Error.WriteLineAsync("The audit log has been changed.");
            return ExitCodes.Failure;
        }

        await Console.Out.WriteLineAsync(
            $"{verification.Records} records in {verification.Chains} chains are unchanged."
        );
        await Console.Out.WriteLineAsync(Label + verification.Checkpoint);
        return ExitCodes.Success;
    }

    // The file may contain the whole output of an earlier run.
    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(file, cancellationToken)).Split(Label)[^1];
}
