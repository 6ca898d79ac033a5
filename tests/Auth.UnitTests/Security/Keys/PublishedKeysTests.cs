using Auth.Infrastructure.Security.Keys;
using Auth.UnitTests.Security.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Auth.UnitTests.Security.Keys;

public sealed class PublishedKeysTests
{
    [Theory]
    [InlineData(2 * 24 * 60, 300)] // two days
    [InlineData(4 * 60, 300)]
    [InlineData(239, 298.75)]
    [InlineData(48, 60)]
    public void A_copy_is_used_for_a_small_part_of_the_announce_period_and_five_minutes_at_most(
        int minutes,
        double seconds
    ) =>
        Publish(new TokenWorld(), new() { AnnouncePeriod = TimeSpan.FromMinutes(minutes) })
            .MaxAge.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void The_keys_are_those_that_verify_at_the_time()
    {
        var world = new TokenWorld();
        var published = Publish(world, new());

        published.Issuer.ShouldBe(TokenWorld.Issuer);
        published.List().ShouldHaveSingleItem().Id.ShouldBe(world.SigningKey.Id);
    }

    [Fact]
    public void The_algorithms_are_those_of_the_keys_each_once()
    {
        var world = new TokenWorld();
        var factory = new SigningKeyFactory(new(TokenWorld.MasterKeys), world.Options);
        world.Keys.Load([world.SigningKey, factory.Create(2, TokenWorld.Now, TokenWorld.Now)]);
        world.Options.Algorithm = SigningAlgorithms.PS256; // from the next key on

        Publish(world, new()).ListAlgorithms().ShouldBe([SigningAlgorithms.ES256]);
    }

    [Fact]
    public void Where_nothing_is_published_the_algorithm_is_that_of_the_configuration()
    {
        var world = new TokenWorld(SigningAlgorithms.HS256);
        var published = Publish(world, new());

        published.List().ShouldBeEmpty();
        published.ListAlgorithms().ShouldBe([SigningAlgorithms.HS256]);
    }

    private static PublishedKeys Publish(TokenWorld world, KeyOptions options) =>
        new(world.Keys, world.Options, options, new FakeTimeProvider(TokenWorld.Now));
}
