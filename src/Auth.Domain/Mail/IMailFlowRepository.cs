namespace Auth.Domain.Mail;

/// <summary>The flows.</summary>
public interface IMailFlowRepository
{
    /// <summary>Finds the flow with an id, with its pending registration.</summary>
    Task<MailFlow?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Finds the last flow of a user and purpose that has neither been used nor expired.</summary>
    Task<MailFlow?> FindOpenAsync(
        Guid userId,
        FlowPurpose purpose,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Whether a valid undo link is to restore one of these addresses.</summary>
    Task<bool> AnyUndoAsync(
        IReadOnlyCollection<byte[]> addressHashes,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Lists the undo links of a user that have not been used, and were made after a flow epoch.</summary>
    Task<IReadOnlyList<MailFlow>> ListUndosAfterAsync(Guid userId, int epoch, CancellationToken cancellationToken);

    /// <summary>Lists all flows of a user that are still stored, oldest first.</summary>
    Task<IReadOnlyList<MailFlow>> ListOfUserAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>
    /// Counts a code that is about to be compared as a wrong one, unless too many of this generation were tried. Takes
    /// effect at once, outside of the unit of work, so that parallel guesses are all counted.
    /// </summary>
    /// <returns>Whether it may be compared.</returns>
    Task<bool> TryReserveCodeAsync(MailFlow flow, CancellationToken cancellationToken);

    /// <summary>Takes back that a code was counted, because it was right and has not been used up.</summary>
    Task ReturnCodeAsync(MailFlow flow, CancellationToken cancellationToken);

    /// <summary>Adds a flow.</summary>
    void Add(MailFlow flow);

    /// <summary>
    /// Removes all pending registrations of an address with the next save, because one of them is complete. If another
    /// request has taken them since, the save has lost a race.
    /// </summary>
    void TakeRegistrations(IReadOnlyCollection<byte[]> addressHashes);

    /// <summary>Finds the quota with a key.</summary>
    Task<MailQuota?> FindQuotaAsync(byte[] key, CancellationToken cancellationToken);

    /// <summary>Adds a quota.</summary>
    void Add(MailQuota quota);
}
