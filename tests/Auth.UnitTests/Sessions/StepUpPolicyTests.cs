using Auth.Domain.Sessions;

namespace Auth.UnitTests.Sessions;

public sealed class StepUpPolicyTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(AuthenticationContext.Password, false, null)]
    [InlineData(AuthenticationContext.MultiFactor, false, null)]
    [InlineData(AuthenticationContext.Password, true, "mfa")]
    [InlineData(AuthenticationContext.MultiFactor, true, null)]
    [InlineData(AuthenticationContext.PhishingResistant, true, null)]
    public void A_recent_authentication_has_to_be_strong_enough(
        AuthenticationContext context,
        bool needsSecondFactor,
        string? required
    )
    {
        var result = new StepUpPolicy().Check(s_now, context, needsSecondFactor, s_now);

        (result.IsFailure ? result.Error.StepUp!.AcrValues : null).ShouldBe(required);
    }

    [Theory]
    [InlineData(599, true)]
    [InlineData(600, false)]
    [InlineData(-60, true)] // by the clock of another instance
    public void An_authentication_is_recent_for_ten_minutes(int seconds, bool isRecent)
    {
        var result = new StepUpPolicy().Check(
            s_now.AddSeconds(-seconds),
            AuthenticationContext.Password,
            needsSecondFactor: false,
            s_now
        );

        result.IsFailure.ShouldBe(!isRecent);
    }

    [Fact]
    public void With_a_maximum_age_of_zero_any_age_will_do()
    {
        var policy = new StepUpPolicy { MaxAge = TimeSpan.Zero };

        policy
            .Check(DateTimeOffset.UnixEpoch, AuthenticationContext.MultiFactor, needsSecondFactor: true, s_now)
            .IsFailure.ShouldBeFalse();
        policy.Check(s_now, AuthenticationContext.Password, needsSecondFactor: true, s_now).IsFailure.ShouldBeTrue();
    }

    [Fact]
    public void Roles_are_compared_without_case()
    {
        var policy = new StepUpPolicy { SecondFactorRoles = ["Admin"] };

        policy.RequiresSecondFactor(["viewer", "admin"]).ShouldBeTrue();
        policy.RequiresSecondFactor(["administrator"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("pwd", "pwd")]
    [InlineData("pwd otp mfa", "mfa")]
    [InlineData("hwk user mfa", "phr")]
    [InlineData("swk user mfa", "phr")]
    [InlineData("pwd hwk user mfa", "phr")]
    public void The_context_follows_from_the_methods(string methods, string acr) =>
        AuthenticationContexts.From(methods.Split(' ')).Name().ShouldBe(acr);
}
