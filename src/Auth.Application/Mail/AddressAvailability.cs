using Auth.Domain.Mail;
using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>Finds out whether an address is free for an account.</summary>
internal sealed class AddressAvailability(
    IUserRepository users,
    IMailFlowRepository flows,
    IAddressSeal addresses,
    TimeProvider clock
)
{
    /// <summary>Whether a user has the address, or a valid undo link is to restore it.</summary>
    /// <remarks>
    /// In this order: a change of address frees it for the first question and takes it for the second at the same moment.
    /// The unique index decides between two who find it free.
    /// </remarks>
    public async Task<bool> IsTakenAsync(EmailAddress email, CancellationToken cancellationToken) =>
        await users.FindByEmailAsync(email, cancellationToken) is not null
        || await flows.AnyUndoAsync(addresses.ListHashes(email), clock.GetUtcNow(), cancellationToken);
}
