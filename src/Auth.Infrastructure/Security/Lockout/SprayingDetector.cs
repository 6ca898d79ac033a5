using System.Buffers.Binary;
using System.Net;
using Auth.Application.Abstractions;
using Auth.Domain.Lockout;
using Auth.Domain.Sessions;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Security.Lockout;

/// <summary>
/// Tracks, in memory, the accounts at which sign-ins from an address failed within the window. It keeps at most twice
/// <see cref="MaxAddresses"/>, and drops those first whose last failure is the oldest.
/// </summary>
internal sealed partial class SprayingDetector(LockoutPolicy lockout, ILogger<SprayingDetector> logger)
    : ISprayingDetector
{
    /// <summary>The number of addresses in a generation.</summary>
    public const int MaxAddresses = 1 << 14;

    private readonly SprayingPolicy _policy = lockout.Spraying;
    private readonly Lock _lock = new();
    private Dictionary<ulong, Failures> _recent = [];
    private Dictionary<ulong, Failures> _older = [];

    /// <inheritdoc/>
    public TimeSpan? WaitOf(ClientInfo client, DateTimeOffset now)
    {
        if (!_policy.Throttle || NetworkOf(client) is not { } network)
        {
            return null;
        }

        lock (_lock)
        {
            return Find(network)?.WaitAt(_policy, now);
        }
    }

    /// <inheritdoc/>
    public bool RecordFailure(ClientInfo client, byte[] account, DateTimeOffset now)
    {
        if (NetworkOf(client) is not { } network)
        {
            return false;
        }

        lock (_lock)
        {
            var failures = Find(network) ?? new();
            if (_recent.Count >= MaxAddresses && !_recent.ContainsKey(network))
            {
                (_recent, _older) = ([], _recent);
            }

            _recent[network] = failures;
            if (!failures.Add(BinaryPrimitives.ReadUInt64BigEndian(account), _policy, now))
            {
                return false;
            }
        }

        LogSpraying(logger, _policy.Threshold, _policy.Window);
        return true;
    }

    private Failures? Find(ulong network) => _recent.GetValueOrDefault(network) ?? _older.GetValueOrDefault(network);

    private static ulong? NetworkOf(ClientInfo client) =>
        IPAddress.TryParse(client.IpAddress, out var address) ? ClientAddress.NetworkOf(address) : null;

    // The address is only in the audit record: the log contains no addresses.
    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "Password spraying: sign-ins to {Accounts} accounts failed from one address within {Window}. "
            + "The address is in the audit log, login.spraying_detected."
    )]
    private static partial void LogSpraying(ILogger logger, int accounts, TimeSpan window);

    /// <summary>The accounts at which sign-ins from one address failed, the latest failure last.</summary>
    private sealed class Failures
    {
        private readonly List<(ulong Account, DateTimeOffset At)> _accounts = [];
        private DateTimeOffset? _reportedAt;

        public TimeSpan? WaitAt(SprayingPolicy policy, DateTimeOffset now) =>
            _accounts.Count == policy.Threshold && _accounts[0].At + policy.Window > now
                ? _accounts[0].At + policy.Window - now
                : null;

        public bool Add(ulong account, SprayingPolicy policy, DateTimeOffset now)
        {
            _accounts.RemoveAll(failure => failure.Account == account || now - failure.At >= policy.Window);
            if (_accounts.Count == policy.Threshold)
            {
                _accounts.RemoveAt(0); // the threshold is enough
            }

            _accounts.Add((account, now));
            if (_accounts.Count < policy.Threshold || now - _reportedAt < policy.Window)
            {
                return false;
            }

            _reportedAt = now;
            return true;
        }
    }
}
