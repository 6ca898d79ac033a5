using Auth.Domain.Common;
using Auth.Domain.Keys;

namespace Auth.UnitTests.Keys;

/// <summary>Signing keys on instances with different clocks, and after a clock was corrected.</summary>
public sealed class ClockDifferenceTests
{
    private static readonly DateTimeOffset s_now = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private static readonly SigningKeyPolicy s_policy = new(
        RotationPeriod: TimeSpan.FromDays(90),
        AnnouncePeriod: TimeSpan.FromDays(2),
        TokenLifetime: TimeSpan.FromHours(24) + InstanceClocks.MaxDifference
    );

    [Fact]
    public void A_first_key_created_by_a_fast_clock_signs_after_the_correction()
    {
        var key = Key(1, s_now.AddHours(2));
        var chain = Chain(key);

        chain.FindSigning(s_now).ShouldBe(key);
        chain.StateOf(key, s_now).ShouldBe(SigningKeyState.Signing);
        chain.FindAnnounced(s_now).ShouldBeNull();
        chain.IsSuccessorDue(s_now).ShouldBeFalse();
    }

    [Fact]
    public void The_oldest_key_signs_if_none_is_due()
    {
        var (first, second, third) = (Key(1, s_now.AddHours(2)), Key(2, s_now.AddDays(2)), Key(3, s_now.AddDays(4)));
        Chain(first).Append(second);
        Chain(first, second).Append(third);
        var chain = Chain(first, second, third);

        chain.FindSigning(s_now).ShouldBe(first);
        new[] { first, second, third }
            .Select(key => chain.StateOf(key, s_now))
            .ShouldBe([SigningKeyState.Signing, SigningKeyState.Announced, SigningKeyState.Announced]);
        chain.FindAnnounced(s_now).ShouldBe(third);
        chain.FindSigning(s_now.AddDays(2)).ShouldBe(second);
    }

    [Fact]
    public void The_key_is_rotated_by_the_corrected_clock()
    {
        var first = Key(1, s_now.AddDays(30));
        var activatesAt = Chain(first).NextActivation(s_now);
        activatesAt.ShouldBe(s_now.AddDays(2));
        var second = Key(2, activatesAt);
        Chain(first).Append(second);
        var chain = Chain(first, second);

        chain.FindSigning(activatesAt.AddTicks(-1)).ShouldBe(first);
        chain.FindAnnounced(s_now).ShouldBe(second);
        chain.FindSigning(activatesAt).ShouldBe(second);
        chain.StateOf(first, activatesAt).ShouldBe(SigningKeyState.Retired);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2880, false)]
    [InlineData(2885, false)]
    [InlineData(2886, true)]
    [InlineData(3_000_000, true)]
    public void The_successor_is_due_at_once_if_the_clock_was_ahead_by_more_than_the_announce_period(
        int minutesAhead,
        bool isDue
    ) => Chain(Key(1, s_now.AddMinutes(minutesAhead))).IsSuccessorDue(s_now).ShouldBe(isDue);

    [Fact]
    public void An_announced_key_needs_no_successor_after_the_announce_period_was_shortened()
    {
        var (first, second) = (Key(1, s_now), Key(2, s_now.AddDays(20)));
        Chain(first).Append(second);

        Chain(first, second).IsSuccessorDue(s_now).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    [InlineData(7200)]
    public void After_an_emergency_rotation_no_clock_keeps_a_revoked_key_valid(int secondsAhead)
    {
        var (retired, current, announced) = (Key(1, s_now), Key(2, s_now.AddDays(2)), Key(3, s_now.AddDays(4)));
        Chain(retired).Append(current);
        Chain(retired, current).Append(announced);
        var now = s_now.AddDays(3);
        var there = now.AddSeconds(secondsAhead);

        Chain(retired, current, announced).Replace(there);
        var replacement = Key(4, there);

        foreach (var key in new[] { retired, current, announced })
        {
            key.StateAt(now).ShouldBe(SigningKeyState.Removed);
            key.IsRevoked.ShouldBeTrue();
        }

        Chain(retired, current, announced, replacement).FindSigning(now).ShouldBe(replacement);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(300)]
    public void Through_all_rotations_each_instance_accepts_what_the_other_signs(int difference)
    {
        List<SigningKey> keys = [];

        // Every five minutes for two hundred days; either instance may create the next key.
        for (var minute = 0; minute < 200 * 24 * 60; minute += 5)
        {
            DateTimeOffset[] clocks = [s_now.AddMinutes(minute), s_now.AddMinutes(minute).AddSeconds(difference)];
            var maker = clocks[minute / 5 % 2];
            var chain = new SigningKeyChain(keys, s_policy);
            if (chain.IsSuccessorDue(maker))
            {
                var key = Key(chain.NextOrdinal, chain.NextActivation(maker));
                chain.Append(key);
                keys.Add(key);
                chain = new(keys, s_policy);
            }

            foreach (var clock in clocks)
            {
                chain
                    .FindSigning(clock)
                    .ShouldNotBeNull()
                    .ShouldSatisfyAllConditions(
                        signing => signing.VerifiesAt(clocks[0]).ShouldBeTrue(),
                        signing => signing.VerifiesAt(clocks[1]).ShouldBeTrue()
                    );
            }
        }

        keys.Count.ShouldBe(3);
    }

    private static SigningKeyChain Chain(params SigningKey[] keys) => new(keys, s_policy);

    private static SigningKey Key(int ordinal, DateTimeOffset activatesAt) =>
        SigningKey.Create($"key-{ordinal}", ordinal, "ES256", [], [], s_now, activatesAt);
}
