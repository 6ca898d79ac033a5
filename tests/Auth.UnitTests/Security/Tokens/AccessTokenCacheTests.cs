using Auth.Infrastructure.Security.Tokens;

namespace Auth.UnitTests.Security.Tokens;

public sealed class AccessTokenCacheTests
{
    private static readonly AccessTokenCache.Verified s_verified = CreateVerified();

    private readonly AccessTokenCache _tokens = new();

    [Fact]
    public void A_token_is_looked_up_by_its_whole_text()
    {
        AddTwice("one.end");

        _tokens.TryFind("one.end", out var found).ShouldBeTrue();
        found.ShouldBeSameAs(s_verified);
        _tokens.TryFind("two.end", out _).ShouldBeFalse();
        _tokens.TryFind("", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_token_that_was_removed_is_not_found()
    {
        AddTwice("a");

        _tokens.Remove("a");

        _tokens.TryFind("a", out _).ShouldBeFalse();
    }

    [Fact]
    public void The_cache_has_at_most_two_generations()
    {
        for (var i = 0; i < 5 * AccessTokenCache.MaxTokens; i++)
        {
            AddTwice($"token {i}");
        }

        _tokens.Count.ShouldBeInRange(AccessTokenCache.MaxTokens, 2 * AccessTokenCache.MaxTokens);
        _tokens.TryFind($"token {(5 * AccessTokenCache.MaxTokens) - 1}", out _).ShouldBeTrue();
        _tokens.TryFind("token 0", out _).ShouldBeFalse();
    }

    [Fact]
    public void Long_tokens_take_the_space_of_many()
    {
        var most = AccessTokenCache.MaxLength / AccessTokenReader.MaxLength;
        for (var i = 0; i < 3 * most; i++)
        {
            AddTwice($"{i}".PadRight(AccessTokenReader.MaxLength));
        }

        _tokens.Count.ShouldBeInRange(1, 2 * most);
    }

    [Fact]
    public void A_token_in_use_stays_longer_than_unused_ones()
    {
        AddTwice("used");
        for (var i = 0; i < 5 * AccessTokenCache.MaxTokens; i++)
        {
            AddTwice($"token {i}");
            if (i % 1000 == 0)
            {
                _tokens.TryFind("used", out _).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task The_limit_holds_for_many_threads()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(thread =>
                    Task.Run(() =>
                    {
                        for (var i = 0; i < 2 * AccessTokenCache.MaxTokens; i++)
                        {
                            AddTwice($"{thread} {i}");
                            _tokens.TryFind($"{thread} {i / 2}", out _);
                        }
                    })
                )
        );

        _tokens.Count.ShouldBeLessThanOrEqualTo(2 * AccessTokenCache.MaxTokens);
    }

    [Fact]
    public void A_token_is_cached_from_its_second_use()
    {
        _tokens.Add("a", s_verified);
        _tokens.TryFind("a", out _).ShouldBeFalse();

        _tokens.Add("a", s_verified);
        _tokens.TryFind("a", out _).ShouldBeTrue();
    }

    private void AddTwice(string text)
    {
        _tokens.Add(text, s_verified);
        _tokens.Add(text, s_verified);
    }

    private static AccessTokenCache.Verified CreateVerified()
    {
        var forge = new TokenForge();
        return new(forge.Read(forge.Valid).Token!, new());
    }
}
