using Auth.Domain.Keys;

namespace Auth.UnitTests.Keys;

public sealed class SigningKeyChainTests
{
    private static readonly DateTimeOffset s_now = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private static readonly SigningKeyPolicy s_policy = new(
        RotationPeriod: TimeSpan.FromDays(90),
        AnnouncePeriod: TimeSpan.FromDays(2),
        TokenLifetime: TimeSpan.FromHours(24)
    );

    private readonly List<SigningKey> _keys = [];

    [Fact]
    public void The_first_key_signs_at_once()
    {
        Chain(s_now).IsSuccessorDue(s_now).ShouldBeTrue();

        Announce(s_now).StateAt(s_now).ShouldBe(SigningKeyState.Signing);
    }

    [Fact]
    public void A_key_is_announced_signs_retires_and_is_removed()
    {
        var first = Announce(s_now);
        var announcedAt = s_now.AddDays(30);
        var second = Announce(announcedAt);

        var handover = announcedAt.AddDays(2);
        States(announcedAt).ShouldBe([SigningKeyState.Signing, SigningKeyState.Announced]);
        States(handover.AddTicks(-1)).ShouldBe([SigningKeyState.Signing, SigningKeyState.Announced]);
        States(handover).ShouldBe([SigningKeyState.Retired, SigningKeyState.Signing]);
        first.VerifiesAt(handover.AddHours(24).AddTicks(-1)).ShouldBeTrue();
        first.StateAt(handover.AddHours(24)).ShouldBe(SigningKeyState.Removed);
        second.RetiresAt.ShouldBeNull();
        second.RemovedAt.ShouldBeNull();
    }

    [Fact]
    public void The_successor_is_announced_early_enough_to_sign_when_the_period_ends()
    {
        Announce(s_now);
        var due = s_now.AddDays(88);

        Chain(due).IsSuccessorDue(due.AddTicks(-1)).ShouldBeFalse();
        Chain(due).IsSuccessorDue(due).ShouldBeTrue();
        Announce(due).ActivatesAt.ShouldBe(s_now.AddDays(90));
        Chain(due).IsSuccessorDue(due).ShouldBeFalse();
    }

    [Fact]
    public void No_key_signs_before_its_predecessor()
    {
        Announce(s_now);
        var second = Announce(s_now);
        var impatient = s_policy with { AnnouncePeriod = TimeSpan.Zero };
        var chain = new SigningKeyChain([.. _keys], impatient);

        chain.NextActivation(s_now).ShouldBe(second.ActivatesAt);
    }

    [Fact]
    public void An_emergency_rotation_revokes_every_other_key_at_once()
    {
        var retired = Announce(s_now);
        Announce(s_now.AddDays(1));
        Announce(s_now.AddDays(3));
        var now = s_now.AddDays(3).AddHours(1);
        States(now).ShouldBe([SigningKeyState.Retired, SigningKeyState.Signing, SigningKeyState.Announced]);
        var retiredAt = retired.RetiresAt;

        Chain(now).Replace(now);
        var replacement = Add(now, now);

        States(now)
            .ShouldBe([
                SigningKeyState.Removed,
                SigningKeyState.Removed,
                SigningKeyState.Removed,
                SigningKeyState.Signing,
            ]);
        retired.RetiresAt.ShouldBe(retiredAt);
        Chain(now).Newest.ShouldBe(replacement);
        Chain(now).IsSingle.ShouldBeTrue();
    }

    [Fact]
    public void A_key_has_one_successor()
    {
        var first = Announce(s_now);
        Announce(s_now);

        Should.Throw<InvalidOperationException>(() => new SigningKeyChain([first], s_policy).Append(first));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(11)]
    public void Reading_the_keys_twice_a_day_is_enough_to_know_every_key(int hourOfReading)
    {
        HashSet<string> read = [];
        Announce(s_now);
        Dictionary<string, DateTimeOffset> lastTokens = [];

        // Every hour for two years, with occasional manual rotations.
        for (var hour = 0; hour < 2 * 365 * 24; hour++)
        {
            var now = s_now.AddHours(hour);
            var chain = Chain(now);
            if (chain.IsSuccessorDue(now) || (hour % 1234 == 0 && chain.FindAnnounced(now) is null))
            {
                Announce(now);
            }

            if (hour == 0 || hour % 12 == hourOfReading)
            {
                read = [.. Verifying(now).Select(key => key.Id)];
            }

            var signing = _keys.Where(key => key.SignsAt(now)).ShouldHaveSingleItem();
            read.ShouldContain(signing.Id);
            lastTokens[signing.Id] = now;
            foreach (var (id, _) in lastTokens.Where(token => now < token.Value.AddHours(24)))
            {
                Verifying(now).Select(key => key.Id).ShouldContain(id, "a token of this key is still alive");
            }
        }

        _keys.Count.ShouldBeGreaterThan(10);
    }

    private SigningKeyState[] States(DateTimeOffset now) => [.. _keys.Select(key => key.StateAt(now))];

    private IEnumerable<SigningKey> Verifying(DateTimeOffset now) => _keys.Where(key => key.VerifiesAt(now));

    private SigningKeyChain Chain(DateTimeOffset now) => new([.. Verifying(now)], s_policy);

    private SigningKey Announce(DateTimeOffset now)
    {
        var chain = Chain(now);
        var activatesAt = chain.NextActivation(now);
        var key = SigningKey.Create($"key-{chain.NextOrdinal}", chain.NextOrdinal, "ES256", [], [], now, activatesAt);
        chain.Append(key);
        _keys.Add(key);
        return key;
    }

    private SigningKey Add(DateTimeOffset now, DateTimeOffset activatesAt)
    {
        var key = SigningKey.Create("replacement", _keys.Count + 1, "ES256", [], [], now, activatesAt);
        _keys.Add(key);
        return key;
    }
}
