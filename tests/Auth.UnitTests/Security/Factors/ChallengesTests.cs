using Auth.Application.Abstractions;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;

namespace Auth.UnitTests.Security.Factors;

public sealed class ChallengesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] s_old = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 7))];
    private static readonly byte[] s_new = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 5))];

    private readonly Challenges _challenges = new(new MasterKeys([s_new]));

    public static TheoryData<ChallengePurpose> Purposes => [.. Enum.GetValues<ChallengePurpose>()];

    [Theory]
    [MemberData(nameof(Purposes))]
    public void What_is_sealed_is_opened_for_its_purpose_only(ChallengePurpose purpose)
    {
        var challenge = Challenge.Create(purpose, s_now) with
        {
            UserId = Guid.CreateVersion7(),
            TokenVersion = int.MaxValue,
            DeviceId = Guid.CreateVersion7(),
            IsSingleAttempt = true,
        };
        var text = _challenges.Seal(challenge);

        foreach (var other in Enum.GetValues<ChallengePurpose>())
        {
            _challenges.Open(text, other, s_now).ShouldBe(other == purpose ? challenge : null);
        }
    }

    [Fact]
    public void A_challenge_for_anybody_has_no_user_and_no_device()
    {
        var challenge = Challenge.Create(ChallengePurpose.PasskeySignIn, s_now);

        _challenges.Open(_challenges.Seal(challenge), ChallengePurpose.PasskeySignIn, s_now).ShouldBe(challenge);
    }

    [Fact]
    public void A_challenge_lives_for_five_minutes()
    {
        var text = _challenges.Seal(Challenge.Create(ChallengePurpose.SecondFactor, s_now));

        Open(s_now + TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1)).ShouldNotBeNull();
        Open(s_now + TimeSpan.FromMinutes(5)).ShouldBeNull();

        Challenge? Open(DateTimeOffset now) => _challenges.Open(text, ChallengePurpose.SecondFactor, now);
    }

    [Fact]
    public void Every_changed_character_is_noticed()
    {
        var text = _challenges.Seal(Challenge.Create(ChallengePurpose.SecondFactor, s_now));

        for (var i = 0; i < text.Length; i++)
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            _challenges.Open(changed, ChallengePurpose.SecondFactor, s_now).ShouldBeNull();
            _challenges.Open(text[..i], ChallengePurpose.SecondFactor, s_now).ShouldBeNull();
        }

        _challenges.Open(text + "A", ChallengePurpose.SecondFactor, s_now).ShouldBeNull();
        _challenges.Open(text + "=", ChallengePurpose.SecondFactor, s_now).ShouldBeNull();
        _challenges.Open(new string('A', 100_000), ChallengePurpose.SecondFactor, s_now).ShouldBeNull();
        _challenges.Open(text: null, ChallengePurpose.SecondFactor, s_now).ShouldBeNull();
    }

    [Fact]
    public void Challenges_survive_a_change_of_the_master_key()
    {
        var challenge = Challenge.Create(ChallengePurpose.PasskeyStepUp, s_now);
        var text = new Challenges(new MasterKeys([s_old])).Seal(challenge);

        new Challenges(new MasterKeys([s_new, s_old]))
            .Open(text, ChallengePurpose.PasskeyStepUp, s_now)
            .ShouldBe(challenge);
        _challenges.Open(text, ChallengePurpose.PasskeyStepUp, s_now).ShouldBeNull();
    }
}
