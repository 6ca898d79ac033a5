using Auth.Domain.Sessions;

namespace Auth.Application.Abstractions;

/// <summary>Detects failed sign-ins to many accounts from one address.</summary>
public interface ISprayingDetector
{
    /// <summary>How long the client's address has to wait; null if it does not.</summary>
    TimeSpan? WaitOf(ClientInfo client, DateTimeOffset now);

    /// <summary>Reports a failed sign-in.</summary>
    /// <param name="client">Where it came from.</param>
    /// <param name="account">The keyed name of the account, whether it exists or not.</param>
    /// <param name="now">When.</param>
    /// <returns>Whether this is to be reported as password spraying: once per address and window.</returns>
    bool NoteFailure(ClientInfo client, byte[] account, DateTimeOffset now);
}
