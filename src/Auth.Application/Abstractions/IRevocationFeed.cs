namespace Auth.Application.Abstractions;

/// <summary>The revocations as signed documents, for services that verify access tokens without asking this one.</summary>
public interface IRevocationFeed
{
    /// <summary>Whether there is a feed: tokens are signed with a key pair, so that others can verify the documents.</summary>
    bool IsAvailable { get; }

    /// <summary>Returns the revocations that may be newer than a cursor; all of them without a cursor that is known here.</summary>
    /// <param name="after">The cursor of an earlier document; anything else counts as unknown.</param>
    /// <exception cref="ServiceUnavailableException">Revocations have not been read from the database for too long.</exception>
    RevocationDocument Read(string? after);

    /// <summary>Returns a document now, one after each change, and one as often as documents are renewed.</summary>
    /// <param name="after">The cursor of an earlier document; anything else counts as unknown.</param>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <returns>
    /// The documents, each with what is new since the one before. The sequence ends when revocations have not been read for too
    /// long.
    /// </returns>
    IAsyncEnumerable<RevocationDocument> FollowAsync(string? after, CancellationToken cancellationToken);
}

/// <summary>A signed list of revocations.</summary>
/// <param name="Text">The JWS in compact serialization (RFC 7515 §7.1), as ASCII.</param>
/// <param name="Cursor">The position up to which the recipient has everything once it has read the document.</param>
/// <param name="Tag">Different for every document.</param>
public sealed record RevocationDocument(byte[] Text, string Cursor, string Tag);
