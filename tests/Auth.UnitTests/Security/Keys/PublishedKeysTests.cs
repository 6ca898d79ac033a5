using Auth.Domain.Keys;
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
    public void The_key_set_is_cached_for_a_fraction_of_the_announce_period_and_at_most_five_minutes(
        int minutes,
        double seconds
    ) =>
        Publish(new TokenWorld(), new() { AnnouncePeriod = TimeSpan.FromMinutes(minutes) })
            .MaxAge.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void The_published_keys_are_those_that_verify_now()
    {
        var world = new TokenWorld();
        var published = Publish(world, new());

        published.Issuer.ShouldBe(TokenWorld.Issuer);
        published.List().ShouldHaveSingleItem().Id.ShouldBe(world.SigningKey.Id);
    }

    [Fact]
    public void The_algorithms_are_the_distinct_ones_of_the_keys()
    {
        var world = new TokenWorld();
        var factory = new SigningKeyFactory(new(TokenWorld.MasterKeys), world.Options);
        world.Keys.Load([world.SigningKey, factory.Create(2, TokenWorld.Now, TokenWorld.Now)]);
        world.Options.Algorithm = SigningAlgorithms.PS256; // starting with the next key

        Publish(world, new()).ListAlgorithms().ShouldBe([SigningAlgorithms.ES256]);
    }

    [Fact]
    public void Without_published_keys_the_algorithm_is_the_configured_one()
    {
        var world = new TokenWorld(SigningAlgorithms.HS256);
        var published = Publish(world, new());

        published.List().ShouldBeEmpty();
        published.ListAlgorithms().ShouldBe([SigningAlgorithms.HS256]);
    }

    private static PublishedKeys Publish(TokenWorld world, KeyOptions options) =>
        new(world.Keys, world.Options, options, new FakeTimeProvider(TokenWorld.Now));
}
