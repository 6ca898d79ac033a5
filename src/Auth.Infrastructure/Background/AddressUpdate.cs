using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Renormalizes the stored addresses of users. Runs an hour after startup, when no instance of an earlier version is left,
/// and every hour after that. The addresses that users see do not change.
/// </summary>
internal sealed partial class AddressUpdate(
    IServiceScopeFactory scopes,
    LegacyAddresses addresses,
    WriteGate gate,
    TimeProvider clock,
    ILogger<AddressUpdate> logger
) : PeriodicWorker("The update of e-mail addresses", TimeSpan.FromHours(1), clock, logger)
{
    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var updated = 0;
        foreach (var address in await LegacyAddresses.FindAsync(context, cancellationToken))
        {
            if (address.OtherUserId is null)
            {
                updated += await UpdateAsync(context, address, cancellationToken);
            }
        }

        await addresses.LoadAsync(context, cancellationToken);
        if (updated > 0)
        {
            LogUpdated(logger, updated);
        }
    }

    // A registration may take the address first: the unique index then rejects the update, and the next round finds two
    // users with one mailbox.
    private async Task<int> UpdateAsync(
        AppDbContext context,
        LegacyAddress address,
        CancellationToken cancellationToken
    )
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        return await context
            .Users.Where(user => user.Id == address.UserId && user.Email.Normalized == address.Stored)
            .ExecuteUpdateAsync(
                update => update.SetProperty(user => user.Email.Normalized, address.Normalized),
                cancellationToken
            );
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Renormalized {Count} stored e-mail addresses")]
    private static partial void LogUpdated(ILogger logger, int count);
}
