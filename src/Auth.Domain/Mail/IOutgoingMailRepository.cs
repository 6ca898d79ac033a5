namespace Auth.Domain.Mail;

/// <summary>The mails that are to be sent.</summary>
public interface IOutgoingMailRepository
{
    /// <summary>Finds the mail with an id.</summary>
    Task<OutgoingMail?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Lists the mails of a user that are still stored, oldest first.</summary>
    Task<IReadOnlyList<OutgoingMail>> ListOfUserAsync(Guid userId, CancellationToken cancellationToken);
}
