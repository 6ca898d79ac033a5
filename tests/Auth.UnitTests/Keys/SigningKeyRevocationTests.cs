using Auth.Domain.Keys;

namespace Auth.UnitTests.Keys;

public sealed class SigningKeyRevocationTests
{
    private static readonly DateTimeOffset s_now = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private static readonly SigningKeyPolicy s_policy = new(
        RotationPeriod: TimeSpan.FromDays(90),
        AnnouncePeriod: TimeSpan.FromDays(2),
        TokenLifetime: TimeSpan.FromHours(24)
    );

    [Fact]
    public void A_key_keeps_the_values_it_was_created_with()
    {
        var key = SigningKey.Create("one", 3, "ES256", [1], [2], s_now, s_now.AddDays(2));

        (key.Id, key.Ordinal, key.Algorithm).ShouldBe(("one", 3, "ES256"));
        (key.PublicKey, key.EncryptedPrivateKey).ShouldSatisfyAllConditions(
            parts => parts.PublicKey.ShouldBe([1]),
            parts => parts.EncryptedPrivateKey.ShouldBe([2])
        );
        (key.CreatedAt, key.ActivatesAt).ShouldBe((s_now, s_now.AddDays(2)));
        key.StateAt(s_now.AddDays(2).AddTicks(-1)).ShouldBe(SigningKeyState.Announced);
        key.StateAt(s_now.AddDays(2)).ShouldBe(SigningKeyState.Signing);

        key.Reencrypt([3]);
        key.EncryptedPrivateKey.ShouldBe([3]);
    }

    [Fact]
    public void A_key_with_a_successor_ends_now_even_if_it_was_due_to_end_later()
    {
        var (key, successor) = (Key(1, s_now), Key(2, s_now.AddDays(2)));
        new SigningKeyChain([key], s_policy).Append(successor);
        (key.RetiresAt, key.RemovedAt).ShouldBe((s_now.AddDays(2), s_now.AddDays(3)));

        new SigningKeyChain([key, successor], s_policy).Replace(s_now.AddDays(1));

        (key.RetiresAt, key.RemovedAt).ShouldBe((s_now.AddDays(1), s_now.AddDays(1)));
        (successor.RetiresAt, successor.RemovedAt).ShouldBe((s_now.AddDays(1), s_now.AddDays(1)));
    }

    [Fact]
    public void A_retired_key_keeps_its_retirement_time()
    {
        var (key, successor) = (Key(1, s_now), Key(2, s_now.AddDays(2)));
        new SigningKeyChain([key], s_policy).Append(successor);

        new SigningKeyChain([key, successor], s_policy).Replace(s_now.AddDays(10));

        (key.RetiresAt, key.RemovedAt).ShouldBe((s_now.AddDays(2), s_now.AddDays(2)));
    }

    [Fact]
    public void An_empty_chain_has_no_newest_key_and_starts_at_the_first_position()
    {
        var chain = new SigningKeyChain([], s_policy);

        chain.Newest.ShouldBeNull();
        chain.NextOrdinal.ShouldBe(1);
        chain.IsSingle.ShouldBeFalse();
        chain.FindAnnounced(s_now).ShouldBeNull();
        chain.NextActivation(s_now).ShouldBe(s_now);
        chain.Append(Key(1, s_now)); // has nothing to retire
    }

    [Fact]
    public void An_announced_key_is_the_newest_before_it_signs()
    {
        var (key, successor) = (Key(1, s_now), Key(2, s_now.AddDays(2)));
        var chain = new SigningKeyChain([key, successor], s_policy);

        chain.FindAnnounced(s_now).ShouldBe(successor);
        chain.FindAnnounced(s_now.AddDays(2)).ShouldBeNull();
        chain.NextOrdinal.ShouldBe(3);
    }

    private static SigningKey Key(int ordinal, DateTimeOffset activatesAt) =>
        SigningKey.Create($"key-{ordinal}", ordinal, "ES256", [], [], s_now, activatesAt);
}
