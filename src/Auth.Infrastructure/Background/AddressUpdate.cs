using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Stores users under their address as this version compares it, an hour after the start and then every hour: by then
/// the instances of an earlier version are gone. The addresses that users see are not touched.
/// </summary>
internal sealed partial class AddressUpdate(
    IServiceScopeFactory scopes,
    OutdatedAddresses addresses,
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
        foreach (var address in await OutdatedAddresses.FindAsync(context, cancellationToken))
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

    // Who registers with the address at this moment was quicker: the unique index refuses, and the next round sees two users
    // with one mailbox.
    private async Task<int> UpdateAsync(
        AppDbContext context,
        OutdatedAddress address,
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

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Count} e-mail addresses are now compared as this version does"
    )]
    private static partial void LogUpdated(ILogger logger, int count);
}
