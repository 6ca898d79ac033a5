using System.Globalization;

namespace Auth.Infrastructure.Persistence.Diagnostics;

/// <summary>Whether two users have one mailbox, from the time when its spellings were not recognised as one.</summary>
internal sealed class AddressDiagnostics(AppDbContext context)
{
    private const string Subject = "E-mail addresses";

    public async Task<IReadOnlyList<DiagnosticResult>> RunAsync(CancellationToken cancellationToken) =>
        Judge(await OutdatedAddresses.FindAsync(context, cancellationToken));

    /// <summary>Judges the addresses that are stored as an earlier version compared them.</summary>
    public static IReadOnlyList<DiagnosticResult> Judge(IReadOnlyList<OutdatedAddress> outdated)
    {
        var collisions = outdated.Where(address => address.OtherUserId is not null).ToList();
        var waiting = outdated.Count - collisions.Count;
        return
        [
            .. collisions.Select(Judge),
            .. waiting > 0
                ?
                [
                    DiagnosticResult.Ok(
                        Subject,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"stored as an earlier version compared them: {waiting}; an instance updates them when it has run for an hour"
                        )
                    ),
                ]
            : collisions.Count == 0
                ? new[] { DiagnosticResult.Ok(Subject, "every mailbox belongs to one user at most") }
            : [],
        ];
    }

    private static DiagnosticResult Judge(OutdatedAddress address) =>
        DiagnosticResult.Warning(
            Subject,
            $"users {address.OtherUserId} and {address.UserId} have the same mailbox in different spellings. Both can sign"
                + " in: the second with their own spelling, the first with any other.",
            "Look at both (GET /api/users/ID), ask the owner which one to keep, and delete the other"
                + " (DELETE /api/users/ID)."
        );
}
