using Auth.Domain.Sessions;

namespace Auth.Application.Abstractions;

/// <summary>Detects failed sign-ins to many accounts from one address.</summary>
public interface ISprayingDetector
{
    /// <summary>How long the client's address is throttled; null if it is not.</summary>
    TimeSpan? WaitOf(ClientInfo client, DateTimeOffset now);

    /// <summary>Reports a failed sign-in.</summary>
    /// <param name="client">The client that sent it.</param>
    /// <param name="account">The keyed hash that identifies the account, whether or not it exists.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Whether to report password spraying: true once per address and window.</returns>
    bool RecordFailure(ClientInfo client, byte[] account, DateTimeOffset now);
}
