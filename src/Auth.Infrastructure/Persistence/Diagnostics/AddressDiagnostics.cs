using System.Globalization;

namespace Auth.Infrastructure.Persistence.Diagnostics;

/// <summary>Finds users who share a mailbox, registered before its spellings were recognized as the same.</summary>
internal sealed class AddressDiagnostics(AppDbContext context)
{
    private const string Subject = "E-mail addresses";

    public async Task<IReadOnlyList<DiagnosticResult>> RunAsync(CancellationToken cancellationToken) =>
        Check(await LegacyAddresses.FindAsync(context, cancellationToken));

    /// <summary>Reports the addresses that an earlier version normalized differently.</summary>
    public static IReadOnlyList<DiagnosticResult> Check(IReadOnlyList<LegacyAddress> legacy)
    {
        var collisions = legacy.Where(address => address.OtherUserId is not null).ToList();
        var waiting = legacy.Count - collisions.Count;
        return
        [
            .. collisions.Select(Check),
            .. waiting > 0
                ?
                [
                    DiagnosticResult.Ok(
                        Subject,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{waiting} stored in the form of an earlier version; an instance updates them after running for an hour"
                        )
                    ),
                ]
            : collisions.Count == 0 ? new[] { DiagnosticResult.Ok(Subject, "no two users share a mailbox") }
            : [],
        ];
    }

    private static DiagnosticResult Check(LegacyAddress address) =>
        DiagnosticResult.Warning(
            Subject,
            $"users {address.OtherUserId} and {address.UserId} have the same mailbox in different spellings. Both can sign"
                + " in: the second with their own spelling, the first with any other.",
            "Look both up (GET /api/users/ID), ask the owner which one to keep, and delete the other"
                + " (DELETE /api/users/ID)."
        );
}
