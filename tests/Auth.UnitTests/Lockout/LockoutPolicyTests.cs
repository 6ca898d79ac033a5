using Auth.Domain.Lockout;

namespace Auth.UnitTests.Lockout;

public sealed class LockoutPolicyTests
{
    private readonly LockoutPolicy _policy = new();

    [Theory]
    [InlineData(0, "00:00:00")]
    [InlineData(9, "00:00:00")]
    [InlineData(10, "00:01:00")]
    [InlineData(11, "00:02:00")]
    [InlineData(12, "00:04:00")]
    [InlineData(15, "00:32:00")]
    [InlineData(16, "01:00:00")]
    [InlineData(99, "01:00:00")]
    [InlineData(int.MaxValue, "01:00:00")]
    public void The_delay_doubles_up_to_an_hour(int failures, string delay) =>
        _policy.DelayAfter(failures).ToString("c").ShouldBe(delay);

    [Theory]
    [InlineData(0, 0, LockState.Open)]
    [InlineData(9, 0, LockState.Open)]
    [InlineData(10, 0, LockState.Delayed)]
    [InlineData(10, 59, LockState.Delayed)]
    [InlineData(10, 60, LockState.SingleAttempt)]
    [InlineData(11, 119, LockState.Delayed)]
    [InlineData(11, 120, LockState.SingleAttempt)]
    [InlineData(99, 3599, LockState.Delayed)]
    [InlineData(99, 3600, LockState.SingleAttempt)]
    [InlineData(100, 0, LockState.Locked)]
    [InlineData(100, int.MaxValue, LockState.Locked)]
    [InlineData(1000, int.MaxValue, LockState.Locked)]
    public void A_password_attempt_is_allowed_delayed_or_locked(int failures, int secondsSinceLast, LockState state) =>
        _policy.StateAfter(failures, TimeSpan.FromSeconds(secondsSinceLast)).ShouldBe(state);

    [Fact]
    public void Guesses_are_counted_by_default() => _policy.Enabled.ShouldBeTrue();

    [Fact]
    public void A_clock_set_back_unlocks_nothing() =>
        _policy.StateAfter(10, TimeSpan.FromHours(-1)).ShouldBe(LockState.Delayed);

    [Fact]
    public void Everything_is_configurable()
    {
        var policy = new LockoutPolicy
        {
            Threshold = 3,
            FirstDelay = TimeSpan.FromSeconds(5),
            MaxDelay = TimeSpan.FromSeconds(15),
            HardLimit = 6,
        };

        Enumerable.Range(2, 4).Select(failures => policy.DelayAfter(failures).TotalSeconds).ShouldBe([0, 5, 10, 15]);
        policy.StateAfter(6, TimeSpan.FromDays(1)).ShouldBe(LockState.Locked);
    }
}
