using Auth.Api.Problems;
using Microsoft.Extensions.Primitives;

namespace Auth.UnitTests.Authorization;

public sealed class BearerHeaderTests
{
    [Theory]
    [InlineData("Bearer a.b-c_d", "a.b-c_d")]
    [InlineData("bearer a", "a")]
    [InlineData("BEARER a", "a")]
    [InlineData("Bearer   a", "a")]
    public void Bearer_followed_by_one_token_is_accepted(string header, string expected)
    {
        BearerHeader.TryRead(header, out var token).ShouldBeTrue();
        token.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer a, Bearer b")]
    [InlineData("Bearer a,b")]
    [InlineData("Bearer\ta")]
    [InlineData("Bearer \ta")]
    [InlineData("Bearer\t a")]
    [InlineData("Bearer a\t")]
    [InlineData("Bearer    ")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearera")]
    [InlineData("a.b.c")]
    public void Anything_else_is_not_a_bearer_token(string header) =>
        BearerHeader.TryRead(header, out _).ShouldBeFalse();

    [Fact]
    public void Two_headers_are_not_a_bearer_token() =>
        BearerHeader.TryRead(new StringValues(["Bearer a", "Bearer a"]), out _).ShouldBeFalse();
}
