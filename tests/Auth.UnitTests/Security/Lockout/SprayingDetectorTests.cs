using System.Buffers.Binary;
using System.Net;
using Auth.Domain.Lockout;
using Auth.Domain.Sessions;
using Auth.Infrastructure.Security.Lockout;
using Microsoft.Extensions.Logging.Abstractions;

namespace Auth.UnitTests.Security.Lockout;

public sealed class SprayingDetectorTests
{
    private const int Threshold = 15;

    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly ClientInfo s_sprayer = new("203.0.113.7", UserAgent: null);

    private readonly SprayingDetector _detector = new(new LockoutPolicy(), NullLogger<SprayingDetector>.Instance);
    private int _flooded;

    [Fact]
    public void The_account_that_reaches_the_threshold_triggers_the_report()
    {
        var reports = Enumerable.Range(0, 3 * Threshold).Select(account => Fail(s_sprayer, account)).ToList();

        reports.IndexOf(true).ShouldBe(Threshold - 1);
        reports.Count(reported => reported).ShouldBe(1);
    }

    [Fact]
    public void Parallel_failures_are_reported_once()
    {
        var reports = 0;

        Parallel.For(
            0,
            1000,
            account =>
            {
                if (Fail(s_sprayer, account))
                {
                    Interlocked.Increment(ref reports);
                }
            }
        );

        reports.ShouldBe(1);
    }

    [Fact]
    public void An_unknown_address_is_not_counted() =>
        Enumerable
            .Range(0, Threshold)
            .ShouldAllBe(account => !Fail(new ClientInfo(IpAddress: null, UserAgent: null), account));

    [Fact]
    public void A_flood_of_addresses_evicts_those_that_failed_longest_ago()
    {
        FailAtAllButOne();

        Flood(2 * SprayingDetector.MaxAddresses);

        Fail(s_sprayer, Threshold - 1).ShouldBeFalse();
    }

    [Fact]
    public void An_address_that_fails_repeatedly_survives_a_flood()
    {
        for (var account = 0; account < Threshold - 1; account++)
        {
            Fail(s_sprayer, account);
            Flood(SprayingDetector.MaxAddresses / 2);
        }

        Fail(s_sprayer, Threshold - 1).ShouldBeTrue();
    }

    private void FailAtAllButOne()
    {
        for (var account = 0; account < Threshold - 1; account++)
        {
            Fail(s_sprayer, account);
        }
    }

    private void Flood(int addresses)
    {
        for (var i = 0; i < addresses; i++)
        {
            var address = new IPAddress((uint)IPAddress.HostToNetworkOrder(0x0A000000 + _flooded++));
            Fail(new ClientInfo(address.ToString(), UserAgent: null), account: 0);
        }
    }

    private bool Fail(ClientInfo client, int account)
    {
        var key = new byte[FailureCount.KeyLength];
        BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(4), account);
        return _detector.RecordFailure(client, key, s_now);
    }
}
